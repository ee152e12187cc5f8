import { locations } from './locations.js';
import { lots } from './lots.js';
import type { MasterModel } from './master-model.js';
import { products } from './products.js';
import { suppliers } from './suppliers.js';
import { units } from './units.js';

/** Everything that is polled, each after what it refers to. */
export const masterModels: readonly MasterModel[] = [units, locations, suppliers, products, lots];
