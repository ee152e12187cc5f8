/** Environment variable in which the run's global set-up tells its workers where to ask for servers. */
export const serversVariable = 'WARDLINE_TEST_SERVERS';

/** Address of the run's {@link serversVariable} desk; undefined outside a Vitest run with our global set-up. */
export function serversAddress(): string | undefined {
  return process.env[serversVariable];
}

/** Tells every worker that is started from now on where to ask for servers. */
export function announceServers(address: string): void {
  process.env[serversVariable] = address;
}
