import { baseModels } from './models/base.js';
import { productModels } from './models/product.js';
import { stockModels } from './models/stock.js';
import { transferModels } from './models/transfer.js';
import { Models } from './orm/model.js';

/** Every model of the simulated Odoo. */
export const models = new Models([...baseModels, ...productModels, ...stockModels, ...transferModels]);
