import { Client } from 'pg';

/** For new sessions and those that are open. */
export async function setReadOnly(url: string, isOn: boolean): Promise<void> {
  await withClient(url, async (client) => {
    await client.query(`alter system set default_transaction_read_only = ${isOn ? 'on' : 'off'}`);
    await client.query('select pg_reload_conf()');
  });
}

const DISK_FULL = `
  create or replace function refuse_for_full_disk() returns trigger language plpgsql as $$
  begin
    raise 'could not extend file "base/5/1": No space left on device' using errcode = '53100';
  end $$`;

/** Every table refuses new rows and changed ones, with the error of a full disk. */
export async function setDiskFull(url: string, isFull: boolean): Promise<void> {
  await withClient(url, async (client) => {
    await client.query(DISK_FULL);
    const tables = await client.query<{ name: string }>(
      "select quote_ident(tablename) as name from pg_tables where schemaname = 'public'",
    );
    const change = isFull
      ? (name: string) =>
          `create trigger full_disk before insert or update on ${name}
           for each statement execute function refuse_for_full_disk()`
      : (name: string) => `drop trigger if exists full_disk on ${name}`;
    // A transaction for each, so that it waits for no table while it holds another.
    for (const { name } of tables.rows) await client.query(change(name));
  });
}

async function withClient(url: string, work: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
