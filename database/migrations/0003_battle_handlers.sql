CREATE TABLE "character_records" (
	"character_id" bigint PRIMARY KEY NOT NULL,
	"won" integer NOT NULL,
	"lost" integer NOT NULL,
	"drawn" integer NOT NULL,
	"streak" integer NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "character_records_counted" CHECK (won >= 0 and lost >= 0 and drawn >= 0),
	CONSTRAINT "character_records_streak_fought" CHECK (streak between -lost and won)
);
--> statement-breakpoint
CREATE TABLE "pending_handlers" (
	"battle_id" text NOT NULL,
	"handler" text NOT NULL,
	"attempts" integer NOT NULL,
	"next_attempt_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "pending_handlers_battle_id_handler_pk" PRIMARY KEY("battle_id","handler"),
	CONSTRAINT "pending_handlers_attempts_counted" CHECK (attempts >= 1)
);
--> statement-breakpoint
ALTER TABLE "character_records" ADD CONSTRAINT "character_records_character_id_characters_id_fk" FOREIGN KEY ("character_id") REFERENCES "public"."characters"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pending_handlers" ADD CONSTRAINT "pending_handlers_battle_id_battles_id_fk" FOREIGN KEY ("battle_id") REFERENCES "public"."battles"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "pending_handlers_due" ON "pending_handlers" USING btree ("next_attempt_at");--> statement-breakpoint
-- Battles that were fought before this release count as well; those against a Shadow do not.
INSERT INTO "character_records" ("character_id", "won", "lost", "drawn", "streak")
WITH "counted" AS (
	SELECT "own"."character_id", "own"."result", row_number() OVER "latest" AS "place", first_value("own"."result") OVER "latest" AS "newest"
	FROM "battle_sides" "own"
	INNER JOIN "battle_sides" "foe" ON "foe"."battle_id" = "own"."battle_id" AND "foe"."side" <> "own"."side" AND "foe"."character_id" IS NOT NULL
	INNER JOIN "characters" ON "characters"."id" = "own"."character_id"
	WINDOW "latest" AS (PARTITION BY "own"."character_id" ORDER BY "own"."ended_at" DESC, "own"."battle_id" DESC)
)
SELECT "character_id",
	count(*) FILTER (WHERE "result" = 'won'),
	count(*) FILTER (WHERE "result" = 'lost'),
	count(*) FILTER (WHERE "result" = 'drawn'),
	CASE max("newest") WHEN 'won' THEN 1 WHEN 'lost' THEN -1 ELSE 0 END
		* (coalesce(min("place") FILTER (WHERE "result" <> "newest"), count(*) + 1) - 1)
FROM "counted" GROUP BY "character_id";
