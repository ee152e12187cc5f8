import { createHmac } from 'node:crypto';

/** Turns a sender's reference to a person or stay into one that only the holder of the key can lead back to it. */
export type Pseudonym = (kind: 'enc' | 'staff', sender: string, reference: string) => string;

/**
 * Pseudonyms by HMAC-SHA-256 (RFC 2104): the same reference gives the same pseudonym, so that records of one stay belong
 * together; without the key a list of all numbers is no help. Another key gives other pseudonyms.
 */
export function pseudonymsBy(key: string): Pseudonym {
  return (kind, sender, reference) => {
    const digest = createHmac('sha256', key).update(`${kind}\n${sender}\n${reference}`).digest('hex');
    return `${kind}-${digest.slice(0, 24)}`;
  };
}
