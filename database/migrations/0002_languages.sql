ALTER TABLE "users" DROP CONSTRAINT "users_language_known";--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_language_word" CHECK (language ~ '^[a-z]{2,8}$');