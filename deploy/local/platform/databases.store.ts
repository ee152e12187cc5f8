import pg from 'pg';

/** A database and the role that owns it. */
export interface OwnDatabase {
  readonly name: string;
  readonly role: string;
  readonly password: string;
}

/** Creates databases and roles that are missing, and sets the roles' passwords. `adminUrl` needs CREATEDB and CREATEROLE. */
export async function ensureDatabases(adminUrl: string, wanted: readonly OwnDatabase[]): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    for (const database of wanted) await ensureDatabase(client, database);
  } finally {
    await client.end();
  }
}

/** The address of a service's own database on the server of `adminUrl`. */
export function urlOf(adminUrl: string, { name, role, password }: OwnDatabase): string {
  const url = new URL(adminUrl);
  url.username = role;
  url.password = password;
  url.pathname = `/${name}`;
  return url.href;
}

async function ensureDatabase(client: pg.Client, { name, role, password }: OwnDatabase): Promise<void> {
  const owner = client.escapeIdentifier(role);
  const known = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role]);
  const change = known.rowCount === 0 ? 'CREATE' : 'ALTER';
  await client.query(`${change} ROLE ${owner} LOGIN PASSWORD ${client.escapeLiteral(password)}`);
  const existing = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
  if (existing.rowCount !== 0) return;
  // Giving a database away takes membership in its new owner's role, which a mere CREATEROLE user must take first.
  await client.query(`GRANT ${owner} TO CURRENT_USER`);
  await client.query(
    `CREATE DATABASE ${client.escapeIdentifier(name)} OWNER ${owner} TEMPLATE template0 ENCODING 'UTF8'`,
  );
}
