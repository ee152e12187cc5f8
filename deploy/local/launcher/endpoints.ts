/** Where everything is reached once it runs. */
export interface Endpoints {
  readonly brokers: string;
  readonly registryUrl: string;
  /** PostgreSQL's administrator URL. */
  readonly databaseUrl: string;
  readonly odoo: OdooAccess;
  /** Port where HL7 v2 senders connect (MLLP) on this machine; 0 for nowhere. */
  readonly mllpPort: number;
  /** Folder with an inbox for each feed of files. */
  readonly dropFolder: string;
  /** Base addresses of the services by name. */
  readonly services: Readonly<Record<string, string>>;
}

/** How to reach an Odoo. */
export interface OdooAccess {
  readonly url: string;
  readonly database: string;
  readonly apiKey: string;
}
