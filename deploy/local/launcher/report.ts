import type { Endpoints } from './endpoints.ts';

/** The addresses to look at, one line each. */
export function addresses({
  brokers,
  registryUrl,
  databaseUrl,
  odoo,
  mllpPort,
  dropFolder,
  services,
}: Endpoints): string[] {
  const rows: [string, string][] = [
    ['Kafka', brokers],
    ['Schema registry', registryUrl],
    ['PostgreSQL', hiding(databaseUrl)],
    ['Odoo', `${odoo.url} (database ${odoo.database})`],
    ...Object.entries(services).sort((a, b) => a[1].localeCompare(b[1])),
    ...(mllpPort === 0 ? [] : [['HL7 v2 (MLLP)', `127.0.0.1:${mllpPort}`] as [string, string]]),
    ['FHIR R4 and R5', `${services['consumption-ingest']}/fhir`],
    ['Scans, EPCIS 2.0', `${services['consumption-ingest']}/scans, /epcis/capture`],
    ['Files', `${dropFolder}/<feed>/inbox`],
  ];
  const width = Math.max(...rows.map(([name]) => name.length)) + 2;
  const each = 'Each service: /health/live, /health/ready, /metrics, /info. Logs: .wardline/logs';
  return [...rows.map(([name, address]) => `  ${name.padEnd(width)}${address}`), '', `  ${each}`];
}

function hiding(url: string): string {
  const shown = new URL(url);
  if (shown.hostname !== '127.0.0.1') shown.password = '';
  return shown.href;
}
