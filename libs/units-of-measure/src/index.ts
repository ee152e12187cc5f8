export {
  convert,
  fitsQuantity,
  meansPieces,
  odooUnitNames,
  pieces,
  tradeUnitCode,
  unitOfCode,
  type Conversion,
  type Unit,
} from './unit-of-measure.js';
