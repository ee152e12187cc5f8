import type { Decimal } from 'decimal.js';
import type { ScanRefusal } from './refusal.js';

/** Whose rules a code follows. EAN/UPC is a bare number of 8 to 14 digits. */
export type ScanStandard = 'GS1' | 'HIBC' | 'ICCBBA' | 'EAN/UPC';

/** How the data was written: as a scanner sends it, as a person types it, as a web address, or as a bare number. */
export type ScanForm =
  | 'ELEMENT_STRING'
  | 'BRACKETED'
  | 'DIGITAL_LINK'
  | 'NUMBER'
  | 'HIBC_COMBINED'
  | 'HIBC_PRIMARY'
  | 'HIBC_SECONDARY'
  | 'ISBT_128';

/** A GTIN, always 14 digits (GS1 General Specifications, section 3.3: shorter ones are filled with zeros on the left). */
export interface GtinIdentifier {
  readonly scheme: 'GTIN';
  readonly value: string;
}

/** An HIBC primary identifier (ANSI/HIBC 2.6): `value` is the three parts in a row, without + and check character. */
export interface HibcIdentifier {
  readonly scheme: 'HIBC';
  readonly value: string;
  /** Labeler Identification Code, 4 characters. */
  readonly labeler: string;
  /** Product or catalogue number, 1 to 18 characters. */
  readonly product: string;
  /** 0 a single unit, 1 to 8 packaging levels, 9 a variable quantity. */
  readonly unitOfMeasure: string;
}

/** A Processor Product Identification Code (ICCBBA ST-001, data structure 034), 16 characters. */
export interface IccbbaIdentifier {
  readonly scheme: 'ICCBBA';
  readonly value: string;
  /** Facility Identification Number of the processor, 5 characters. */
  readonly processor: string;
  /** The facility's own product code, 6 characters. */
  readonly product: string;
  /** Product Description Code, 5 characters. */
  readonly description: string;
}

/** A blood container's manufacturer and catalogue number (ICCBBA ST-001, data structure 017), 10 characters. */
export interface IccbbaContainerIdentifier {
  readonly scheme: 'ICCBBA_CONTAINER';
  readonly value: string;
}

/** What says which product it is: the device identifier (DI) of a UDI, or the number of a trade item that is no device. */
export type DeviceIdentifier = GtinIdentifier | HibcIdentifier | IccbbaIdentifier | IccbbaContainerIdentifier;

/** A measure of the item (AIs 310n to 369n); exact, in the unit of the AI. */
export interface ScannedMeasure {
  readonly identifier: string;
  readonly title: string;
  readonly quantity: Decimal;
  /** As the GS1 dictionary writes it: `kg`, `m`, `l`, `lb`, `oz (US)`. */
  readonly unit: string;
}

/** A Global Location Number (AIs 410 to 417), 13 digits, with the extension (AI 254) that belongs to AI 414. */
export interface ScannedLocation {
  readonly identifier: string;
  readonly title: string;
  readonly gln: string;
  readonly extension?: string;
}

/** One element in the order of the code. `identifier` is the AI, the HIBC flag or the ISBT 128 data identifier. */
export interface ScannedElement {
  readonly identifier: string;
  readonly title: string;
  readonly value: string;
  /** Where its value starts in what was scanned; the first character is 1, a symbology prefix counts. */
  readonly position: number;
  /** Local date, `YYYY-MM-DD`, when the element is one. */
  readonly date?: string;
  /** Last day, when the element is a range of dates (AI 7007). */
  readonly until?: string;
  /** `HH:MM` or `HH:MM:SS`, when the element has a time of day. */
  readonly time?: string;
}

/** What can be off while the code stays usable. */
export type FindingCode =
  | 'REQUIRED_MISSING'
  | 'EXCLUDED_TOGETHER'
  | 'CONTENT'
  | 'DAY_NOT_GIVEN'
  | 'REPEATED'
  | 'SEPARATOR_MISSING'
  | 'EMPTY_ELEMENT'
  | 'CARRIER'
  | 'NUMBER_FILLED'
  | 'RESTRICTED_NUMBER'
  | 'ADD_ON_IGNORED'
  | 'LINK_ORDER'
  | 'LINK_ATTRIBUTE'
  | 'EXPIRIES_DIFFER'
  | 'COUNT_ZERO'
  | 'UNKNOWN_IDENTIFIER'
  | 'PRIMARY_MISSING'
  | 'MESSAGE_SHAPE'
  | 'PERSON';

/** Something that is off but leaves the code usable, in words for the person who scanned. */
export interface Finding {
  readonly code: FindingCode;
  readonly message: string;
  readonly position?: number;
}

/** The character by which two HIBC symbols of one label belong together (ANSI/HIBC 2.6). */
export interface HibcLink {
  readonly part: 'PRIMARY' | 'SECONDARY';
  /** The check character of the primary symbol. */
  readonly character: string;
}

/** What a code says. A field that the code does not carry is absent; nothing is filled in. */
export interface ScannedCode {
  readonly outcome: 'scanned';
  readonly standard: ScanStandard;
  readonly form: ScanForm;
  /** What the symbology prefix says the symbol was, e.g. `GS1 DataMatrix`. */
  readonly carrier?: string;
  readonly deviceIdentifier?: DeviceIdentifier;
  /** GTIN of what is inside a logistic unit (AIs 02 and 8026), 14 digits; the count counts these. */
  readonly contentGtin?: string;
  readonly lotNumber?: string;
  readonly serialNumber?: string;
  /** Last day on which it may be used. */
  readonly expiryDate?: string;
  readonly expiryTime?: string;
  readonly productionDate?: string;
  readonly productionTime?: string;
  readonly bestBeforeDate?: string;
  /** How many units of the code scanned; absent when the code carries no count, never 1 by default. */
  readonly count?: number;
  readonly measures: readonly ScannedMeasure[];
  readonly sscc?: string;
  readonly locations: readonly ScannedLocation[];
  /** ISBT 128 donation identification number, 13 characters. */
  readonly donationNumber?: string;
  /** ISBT 128 product code of blood, cells or tissue that is no device, 8 characters. */
  readonly productCode?: string;
  readonly hibcLink?: HibcLink;
  readonly elements: readonly ScannedElement[];
  readonly findings: readonly Finding[];
}

/** What {@link parseBarcode} answers: what the code says, or why it was refused. */
export type ScanResult = ScannedCode | ScanRefusal;

type Absent<T> = { [K in keyof T]?: T[K] | undefined };

/** A result without the fields that are undefined. */
export function scannedCode(
  fields: Pick<ScannedCode, 'standard' | 'form' | 'elements' | 'findings'> & Absent<ScannedCode>,
): ScannedCode {
  const present = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  return { measures: [], locations: [], ...present, outcome: 'scanned' } as unknown as ScannedCode;
}
