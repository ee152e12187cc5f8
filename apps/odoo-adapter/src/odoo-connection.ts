import { readFile } from 'node:fs/promises';
import {
  OdooClient,
  type CallOutcome,
  type CircuitState,
  type KeySupplier,
  type OdooVersion,
} from '@wardline/odoo-client';
import type { AdapterConfig } from './config.js';
import type { OdooServer } from './provisioning/provisioning.js';

const firstWithJson2 = 19;

/** Hears of calls and of the circuit, for metrics. */
export interface ConnectionListener {
  readonly called: (outcome: CallOutcome) => void;
  readonly circuit: (state: CircuitState) => void;
}

/** The one connection to Odoo. Which protocol the server speaks is found out at the first call when the setting is `auto`. */
export class OdooConnection implements OdooServer {
  #chosen: OdooClient | undefined;

  constructor(
    private readonly config: AdapterConfig,
    private readonly listener: ConnectionListener,
  ) {}

  call: OdooClient['call'] = async (...call) => (await this.#client()).call(...call);
  searchRead: OdooClient['searchRead'] = async (...call) => (await this.#client()).searchRead(...call);
  load: OdooClient['load'] = async (...call) => (await this.#client()).load(...call);

  async version(): Promise<OdooVersion> {
    return (await this.#client()).version();
  }

  /** How the connection stands, for /info; nothing is chosen before the first call. */
  state(): { readonly protocol: string; readonly circuit: CircuitState } {
    return { protocol: this.config.ODOO_PROTOCOL, circuit: this.#chosen?.state().circuit ?? 'closed' };
  }

  close(): void {
    this.#chosen?.close();
  }

  async #client(): Promise<OdooClient> {
    if (this.#chosen !== undefined) return this.#chosen;
    const { ODOO_PROTOCOL: protocol } = this.config;
    const client = this.#open(protocol === 'jsonrpc' ? 'json-rpc' : 'json-2');
    if (protocol !== 'auto') return (this.#chosen ??= client);
    const { major } = await client.version().catch((error: unknown) => {
      client.close();
      throw error;
    });
    if (major >= firstWithJson2) return (this.#chosen ??= client);
    client.close();
    return (this.#chosen ??= this.#open('json-rpc'));
  }

  #open(protocol: 'json-2' | 'json-rpc'): OdooClient {
    const { config } = this;
    const client = new OdooClient({
      url: config.ODOO_URL,
      database: config.ODOO_DATABASE,
      apiKey: keyOf(config),
      protocol,
      ...(config.ODOO_LOGIN === undefined ? {} : { login: config.ODOO_LOGIN }),
      timeoutMs: config.ODOO_TIMEOUT_MS,
      limits: { maxConcurrent: config.ODOO_MAX_CONCURRENT, callsPerSecond: config.ODOO_CALLS_PER_SECOND },
    });
    client.onCall(this.listener.called);
    client.onStateChange(this.listener.circuit);
    return client;
  }
}

/** The key from its setting, or from its file, which is read again when Odoo turns a key down: a rotation needs no restart. */
function keyOf({ ODOO_API_KEY: key, ODOO_API_KEY_FILE: file }: AdapterConfig): KeySupplier {
  if (file === undefined) return () => key ?? '';
  let remembered: string | undefined;
  return async (refused) => {
    if (remembered === undefined || refused !== undefined) remembered = (await readFile(file, 'utf8')).trim();
    return remembered;
  };
}
