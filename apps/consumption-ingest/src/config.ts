import { readConfig, serviceConfig } from '@wardline/service-defaults';
import { z } from 'zod';
import type { FhirSettings } from './fhir-intake/fhir-settings.js';
import { fhirSources } from './fhir-intake/source-files.js';
import { fileFeeds } from './file-intake/feed-files.js';
import type { FileSettings } from './file-intake/file-settings.js';
import type { Hl7Settings } from './hl7-intake/hl7-settings.js';
import { senderProfiles } from './hl7-intake/sender-profiles.js';

const unitMs: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A duration such as `30s`, `5m`, `12h` or `30d`, in milliseconds. */
const duration = z
  .string()
  .regex(/^\d{1,6}[smhd]$/, { error: 'must be a duration like 30s, 5m, 12h or 30d' })
  .transform((text) => Number(text.slice(0, -1)) * unitMs[text.slice(-1)]!);

const consumptionConfig = serviceConfig
  .extend({
    /** How far the clock of a source may be ahead of ours. */
    MAX_CLOCK_SKEW: duration.default(unitMs['m']! * 5),
    /** How old a record may be when it is received. */
    MAX_RECORD_AGE: duration.default(unitMs['d']! * 30),
    /** Where HL7 v2 senders connect by MLLP; without it HL7 is not taken in. */
    HL7_MLLP_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
    HL7_MLLP_HOST: z.string().default('127.0.0.1'),
    /** Folder of sender profiles, one JSON file each. */
    HL7_PROFILES: z.string().min(1).optional(),
    /** Makes pseudonyms of stays and staff; keep it: another key makes other pseudonyms. */
    HL7_PSEUDONYM_KEY: z.string().min(32, { error: 'must have at least 32 characters' }).optional(),
    /** Key and certificate of the port, and the authority whose certificates senders must show. */
    HL7_TLS_KEY_FILE: z.string().min(1).optional(),
    HL7_TLS_CERT_FILE: z.string().min(1).optional(),
    HL7_TLS_CA_FILE: z.string().min(1).optional(),
    /** Folder of FHIR mappings, one JSON file for each source; without it FHIR is not taken in. */
    FHIR_SOURCES: z.string().min(1).optional(),
    /** Folder with an inbox per feed; without it no files are taken in. */
    FILE_DROP: z.string().min(1).optional(),
    /** Folder of feeds, one JSON file each. */
    FILE_FEEDS: z.string().min(1).optional(),
    /** Time between two looks into the inboxes. */
    FILE_POLL: duration.default(unitMs['s']! * 5),
  })
  .superRefine(({ FHIR_SOURCES, HL7_PSEUDONYM_KEY }, context) => {
    const wrong = (name: string, message: string): void => context.addIssue({ code: 'custom', path: [name], message });
    if (FHIR_SOURCES === undefined) return;
    if (HL7_PSEUDONYM_KEY === undefined)
      wrong('HL7_PSEUDONYM_KEY', 'is missing: FHIR_SOURCES needs it; set it to a secret of 32 characters or more');
    try {
      fhirSources(FHIR_SOURCES);
    } catch (error) {
      wrong('FHIR_SOURCES', (error as Error).message);
    }
  })
  .superRefine(({ FILE_DROP, FILE_FEEDS }, context) => {
    const wrong = (message: string): void => context.addIssue({ code: 'custom', path: ['FILE_FEEDS'], message });
    if (FILE_DROP === undefined) return;
    if (FILE_FEEDS === undefined) return wrong('is missing: FILE_DROP needs it; set it to a folder of feeds');
    try {
      fileFeeds(FILE_FEEDS);
    } catch (error) {
      wrong((error as Error).message);
    }
  })
  .superRefine((settings, context) => {
    const wrong = (name: string, message: string): void => context.addIssue({ code: 'custom', path: [name], message });
    if (settings.HL7_MLLP_PORT === undefined) return;
    if (settings.HL7_PSEUDONYM_KEY === undefined)
      wrong('HL7_PSEUDONYM_KEY', 'is missing: HL7_MLLP_PORT needs it; set it to a secret of 32 characters or more');
    if ((settings.HL7_TLS_KEY_FILE === undefined) !== (settings.HL7_TLS_CERT_FILE === undefined))
      wrong('HL7_TLS_KEY_FILE', 'and HL7_TLS_CERT_FILE belong together: set both, or neither for no TLS');
    if (settings.HL7_TLS_CA_FILE !== undefined && settings.HL7_TLS_CERT_FILE === undefined)
      wrong('HL7_TLS_CA_FILE', 'needs HL7_TLS_KEY_FILE and HL7_TLS_CERT_FILE');
    if (settings.HL7_PROFILES === undefined)
      wrong('HL7_PROFILES', 'is missing: HL7_MLLP_PORT needs it; set it to a folder of sender profiles');
    else
      try {
        senderProfiles(settings.HL7_PROFILES);
      } catch (error) {
        wrong('HL7_PROFILES', (error as Error).message);
      }
  });

/** Settings of this service, in milliseconds where they are durations. */
export type ConsumptionConfig = z.output<typeof consumptionConfig>;

/** Token of the {@link ConsumptionConfig}. */
export const CONFIG = Symbol('CONFIG');

/** Reads the settings; throws naming every bad one. */
export function config(environment: Readonly<Record<string, string | undefined>> = process.env): ConsumptionConfig {
  return readConfig(consumptionConfig, environment);
}

/** How HL7 is taken in; null where no port is set. */
export function hl7Settings(settings: ConsumptionConfig): Hl7Settings | null {
  const { HL7_MLLP_PORT: port, HL7_MLLP_HOST: host, HL7_PROFILES: folder, HL7_PSEUDONYM_KEY: pseudonymKey } = settings;
  if (port === undefined || folder === undefined || pseudonymKey === undefined) return null;
  const { HL7_TLS_KEY_FILE: keyFile, HL7_TLS_CERT_FILE: certFile, HL7_TLS_CA_FILE: caFile = null } = settings;
  const tls = keyFile === undefined || certFile === undefined ? null : { keyFile, certFile, caFile };
  return { host, port, profiles: senderProfiles(folder), pseudonymKey, tls };
}

/** How FHIR resources are taken in; null where no folder of mappings is set. */
export function fhirSettings({
  FHIR_SOURCES: folder,
  HL7_PSEUDONYM_KEY: pseudonymKey,
}: ConsumptionConfig): FhirSettings | null {
  return folder === undefined || pseudonymKey === undefined ? null : { sources: fhirSources(folder), pseudonymKey };
}

/** How files are taken in; null where no folder is set. */
export function fileSettings({
  FILE_DROP: folder,
  FILE_FEEDS: feeds,
  FILE_POLL: pollMs,
}: ConsumptionConfig): FileSettings | null {
  return folder === undefined || feeds === undefined ? null : { folder, feeds: fileFeeds(feeds), pollMs };
}
