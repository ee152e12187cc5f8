/** What a character of a UUID is. */
export const uuidKind = { digit: 1, capital: 2, dash: 3 } as const;

/** The kind of each byte or character code; 0 for what is in no UUID. */
export const kindOfCharacter = new Uint8Array(256);
for (const digit of Buffer.from('0123456789abcdef')) kindOfCharacter[digit] = uuidKind.digit;
for (const digit of Buffer.from('ABCDEF')) kindOfCharacter[digit] = uuidKind.capital;
kindOfCharacter[0x2d] = uuidKind.dash;

/** The kind of character at each place of a UUID in lower case (RFC 9562, section 4). */
export const uuidPlaces = Uint8Array.from('xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx', (place) =>
  place === '-' ? uuidKind.dash : uuidKind.digit,
);
