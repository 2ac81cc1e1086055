import { defineConfig } from 'drizzle-kit';

/** `npm run db:generate -- --name what_changes` writes the migration that the tables ask for. */
export default defineConfig({
  dialect: 'postgresql',
  schema: './database/schema*.ts',
  out: './database/migrations',
});
