CREATE TABLE "flags" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"user_id" bigint NOT NULL,
	"other_user_id" bigint NOT NULL,
	"evidence" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"closed_at" timestamp (3) with time zone,
	"closed_by" bigint,
	CONSTRAINT "flags_kind_known" CHECK (kind in ('pair_share', 'alternating_wins', 'short_losses', 'closed_circle')),
	CONSTRAINT "flags_evidence_object" CHECK (jsonb_typeof(evidence) = 'object'),
	CONSTRAINT "flags_of_two" CHECK (user_id <> other_user_id),
	CONSTRAINT "flags_closed_by_somebody" CHECK ((closed_at is null) = (closed_by is null))
);
--> statement-breakpoint
CREATE TABLE "leaver_pauses" (
	"user_id" bigint PRIMARY KEY NOT NULL,
	"until_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
DROP INDEX "battle_ratings_user";--> statement-breakpoint
CREATE UNIQUE INDEX "flags_open" ON "flags" USING btree ("kind","user_id","other_user_id") WHERE closed_at is null;--> statement-breakpoint
CREATE INDEX "battle_ratings_user" ON "battle_ratings" USING btree ("user_id","ended_at" DESC NULLS FIRST);