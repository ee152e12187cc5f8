export { parseBarcode, type ScanOptions } from './parse-barcode.js';
export { isRefusal, type RefusalCode, type RefusalOwner, type ScanRefusal } from './refusal.js';
export type {
  DeviceIdentifier,
  Finding,
  FindingCode,
  GtinIdentifier,
  HibcIdentifier,
  HibcLink,
  IccbbaContainerIdentifier,
  IccbbaIdentifier,
  ScanForm,
  ScanResult,
  ScanStandard,
  ScannedCode,
  ScannedElement,
  ScannedLocation,
  ScannedMeasure,
} from './scanned-code.js';
export { gs1Dictionary, readGs1Dictionary } from './gs1/dictionary.js';
export type { ApplicationIdentifier, CharacterSet, Gs1Dictionary, ValuePart } from './gs1/application-identifier.js';
export { identifiesPerson } from './gs1/value-check.js';
export { hasMod10CheckDigit, mod10CheckDigit, mod43CheckCharacter } from './check-characters.js';
export { gtin14, isGln } from './gs1-number.js';
export { yearInWindow } from './local-date.js';
