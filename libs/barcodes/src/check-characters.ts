const digits = /^[0-9]+$/;

/**
 * The last digit that a number must have, from all digits before it: weights 3 and 1 from the right
 * (GS1 General Specifications, section 7.9). `body` is the number without its check digit.
 */
export function mod10CheckDigit(body: string): string {
  let sum = 0;
  for (let at = 0; at < body.length; at++) sum += Number(body[body.length - 1 - at]) * (at % 2 === 0 ? 3 : 1);
  return String((10 - (sum % 10)) % 10);
}

/** Whether a number of digits ends with its mod-10 check digit (GS1 General Specifications, section 7.9). */
export function hasMod10CheckDigit(number: string): boolean {
  return digits.test(number) && number.length > 1 && mod10CheckDigit(number.slice(0, -1)) === number.at(-1);
}

/** The 43 characters of HIBC in the order of their values (ANSI/HIBC 2.6). */
export const hibcCharacters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%';

/** The check character of everything before it, the leading + included: sum modulo 43 (ANSI/HIBC 2.6). */
export function mod43CheckCharacter(body: string): string | undefined {
  let sum = 0;
  for (const character of body) {
    const value = hibcCharacters.indexOf(character);
    if (value < 0) return undefined;
    sum += value;
  }
  return hibcCharacters[sum % 43];
}

/**
 * ISO/IEC 7064 modulo 37-2 over digits and capital letters, as a number from 0 to 36
 * (ICCBBA ST-001, appendix A; ST-017, appendix 1). Undefined when a character has no value.
 */
export function mod37Checksum(body: string): number | undefined {
  let sum = 0;
  for (const character of body) {
    const value = hibcCharacters.indexOf(character);
    if (value < 0 || value > 35) return undefined;
    sum = ((sum + value) * 2) % 37;
  }
  return (38 - sum) % 37;
}

const weighted = '!"%&\'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz';
const alphaCheck = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/**
 * The two check characters of a GMN or of a Master UDI-DI, from everything before them: prime weights from the right,
 * modulo 1021 (GS1 General Specifications, section 7.9). Undefined when a character has no value.
 */
export function alphanumericCheckPair(body: string): string | undefined {
  let sum = 0;
  const weights = primes(body.length);
  for (let at = 0; at < body.length; at++) {
    const value = weighted.indexOf(body[at] as string);
    if (value < 0) return undefined;
    sum += value * (weights[body.length - 1 - at] as number);
  }
  const rest = sum % 1021;
  return `${alphaCheck[rest >> 5]}${alphaCheck[rest & 31]}`;
}

/** Whether an IBAN has the remainder 1 modulo 97 (ISO 13616, by way of GS1 AI 8007). */
export function hasIbanChecksum(iban: string): boolean {
  let rest = 0;
  for (const character of iban.slice(4) + iban.slice(0, 4)) {
    const value = hibcCharacters.indexOf(character);
    if (value < 0 || value > 35) return false;
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}

function primes(count: number): readonly number[] {
  const found: number[] = [];
  for (let number = 2; found.length < count; number++) {
    if (found.every((prime) => number % prime !== 0)) found.push(number);
  }
  return found;
}
