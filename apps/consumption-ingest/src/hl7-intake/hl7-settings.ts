import type { SenderProfile } from '@wardline/hl7v2';

/** How HL7 v2 messages are taken in. */
export interface Hl7Settings {
  readonly host: string;
  readonly port: number;
  readonly profiles: readonly SenderProfile[];
  /** Key of the pseudonyms of stays and staff; at least 32 characters. */
  readonly pseudonymKey: string;
  /** With `caFile`, senders must show a certificate that it signed. */
  readonly tls: { readonly keyFile: string; readonly certFile: string; readonly caFile: string | null } | null;
}

/** Injects {@link Hl7Settings}; null where HL7 is not taken in. */
export const HL7_SETTINGS = Symbol('hl7-settings');

/** Injects the intake; null where HL7 is not taken in. */
export const HL7_INTAKE = Symbol('hl7-intake');
