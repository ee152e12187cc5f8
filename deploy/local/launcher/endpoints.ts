/** Where everything is reached once it runs. */
export interface Endpoints {
  readonly brokers: string;
  readonly registryUrl: string;
  /** PostgreSQL's administrator URL. */
  readonly databaseUrl: string;
  readonly odoo: OdooAccess;
  /** Where HL7 v2 senders connect (MLLP), host and port; undefined for nowhere. */
  readonly hl7?: string;
  /** Base addresses of the services by name. */
  readonly services: Readonly<Record<string, string>>;
}

/** How to reach an Odoo. */
export interface OdooAccess {
  readonly url: string;
  readonly database: string;
  readonly apiKey: string;
}
