CREATE TABLE "admin_actions" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"admin" bigint NOT NULL,
	"action" text NOT NULL,
	"target" text,
	"details" jsonb NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "admin_actions_details_object" CHECK (jsonb_typeof(details) = 'object')
);
--> statement-breakpoint
CREATE TABLE "bans" (
	"user_id" bigint PRIMARY KEY NOT NULL,
	"until" timestamp (3) with time zone,
	"reason" text NOT NULL,
	"rated_only" boolean DEFAULT false NOT NULL,
	"by" bigint,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "bans_end_after_start" CHECK (until > created_at)
);
--> statement-breakpoint
CREATE TABLE "broadcast_recipients" (
	"broadcast_id" bigint NOT NULL,
	"user_id" bigint NOT NULL,
	"state" text NOT NULL,
	"attempts" smallint NOT NULL,
	"leased_until" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "broadcast_recipients_broadcast_id_user_id_pk" PRIMARY KEY("broadcast_id","user_id"),
	CONSTRAINT "broadcast_recipients_state_known" CHECK (state in ('pending', 'sent', 'blocked', 'failed')),
	CONSTRAINT "broadcast_recipients_attempts_counted" CHECK (attempts >= 0)
);
--> statement-breakpoint
CREATE TABLE "broadcasts" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"message" text NOT NULL,
	"admin" bigint NOT NULL,
	"state" text NOT NULL,
	"leased_until" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "broadcasts_state_known" CHECK (state in ('sending', 'cancelled', 'done'))
);
--> statement-breakpoint
ALTER TABLE "battle_ratings" DROP CONSTRAINT "battle_ratings_reason_known";--> statement-breakpoint
ALTER TABLE "broadcast_recipients" ADD CONSTRAINT "broadcast_recipients_broadcast_id_broadcasts_id_fk" FOREIGN KEY ("broadcast_id") REFERENCES "public"."broadcasts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "admin_actions_of_target" ON "admin_actions" USING btree ("target");--> statement-breakpoint
CREATE INDEX "broadcast_recipients_pending" ON "broadcast_recipients" USING btree ("broadcast_id","leased_until") WHERE state = 'pending';--> statement-breakpoint
CREATE INDEX "broadcast_recipients_user" ON "broadcast_recipients" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "broadcasts_sending" ON "broadcasts" USING btree ("id") WHERE state = 'sending';--> statement-breakpoint
ALTER TABLE "battle_ratings" ADD CONSTRAINT "battle_ratings_reason_known" CHECK (unrated in ('same_user', 'unknown_character', 'outage', 'paused', 'few_moves', 'short', 'pair', 'void'));