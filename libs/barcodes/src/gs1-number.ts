import { hasMod10CheckDigit } from './check-characters.js';

/**
 * A trade item number of 8, 12, 13 or 14 digits brought to 14 by leading zeros, the form in which GTINs are compared
 * (GS1 General Specifications, section 7.9). Null when it has another length or its check digit is wrong.
 */
export function gtin14(text: string): string | null {
  if (!/^(\d{8}|\d{12}|\d{13}|\d{14})$/.test(text)) return null;
  const padded = text.padStart(14, '0');
  return hasMod10CheckDigit(padded) ? padded : null;
}

/** Whether a text is a location number: 13 digits, the last of them the check digit. */
export function isGln(text: string): boolean {
  return /^\d{13}$/.test(text) && hasMod10CheckDigit(text);
}
