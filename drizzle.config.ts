import { defineConfig } from 'drizzle-kit';

/** `npm run db:generate -- --name what_changes` writes the migration that `schema.ts` asks for. */
export default defineConfig({
  dialect: 'postgresql',
  schema: './database/schema.ts',
  out: './database/migrations',
});
