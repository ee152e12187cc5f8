export {
  convert,
  fitsQuantity,
  meansPieces,
  odooUnitNames,
  pieces,
  unitOfCode,
  type Conversion,
  type Unit,
} from './unit-of-measure.js';
