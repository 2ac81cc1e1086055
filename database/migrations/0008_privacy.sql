CREATE TABLE "blocks" (
	"user_id" bigint NOT NULL,
	"blocked_user_id" bigint NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "blocks_user_id_blocked_user_id_pk" PRIMARY KEY("user_id","blocked_user_id"),
	CONSTRAINT "blocks_of_another" CHECK (user_id <> blocked_user_id)
);
--> statement-breakpoint
CREATE TABLE "erased_users" (
	"user_hash" text PRIMARY KEY NOT NULL,
	"kept" jsonb NOT NULL,
	"erased_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "erased_users_kept_object" CHECK (jsonb_typeof(kept) = 'object')
);
--> statement-breakpoint
CREATE TABLE "erasure_salt" (
	"id" smallint PRIMARY KEY NOT NULL,
	"salt" text NOT NULL,
	CONSTRAINT "erasure_salt_single" CHECK (id = 1)
);
--> statement-breakpoint
ALTER TABLE "blocks" ADD CONSTRAINT "blocks_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "blocks_of_blocked" ON "blocks" USING btree ("blocked_user_id");--> statement-breakpoint
CREATE INDEX "erased_users_by_time" ON "erased_users" USING btree ("erased_at");