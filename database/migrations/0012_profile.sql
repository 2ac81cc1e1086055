CREATE TABLE "achievements" (
	"character_id" bigint NOT NULL,
	"key" text NOT NULL,
	"battle_id" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "achievements_character_id_key_pk" PRIMARY KEY("character_id","key")
);
--> statement-breakpoint
CREATE TABLE "character_counts" (
	"character_id" bigint NOT NULL,
	"key" text NOT NULL,
	"count" integer NOT NULL,
	CONSTRAINT "character_counts_character_id_key_pk" PRIMARY KEY("character_id","key"),
	CONSTRAINT "character_counts_counted" CHECK (count >= 1)
);
--> statement-breakpoint
ALTER TABLE "achievements" ADD CONSTRAINT "achievements_character_id_characters_id_fk" FOREIGN KEY ("character_id") REFERENCES "public"."characters"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "character_counts" ADD CONSTRAINT "character_counts_character_id_characters_id_fk" FOREIGN KEY ("character_id") REFERENCES "public"."characters"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
-- Duels that were fought before this release count as well; those against a Shadow do not.
INSERT INTO "character_counts" ("character_id", "key", "count")
SELECT "own"."character_id", "own"."result" || '.' || ("battles"."sheets" -> "other"."side" ->> 'archetype'), count(*)
FROM "battle_sides" "own"
INNER JOIN "battle_sides" "other" ON "other"."battle_id" = "own"."battle_id" AND "other"."side" <> "own"."side" AND "other"."character_id" IS NOT NULL
INNER JOIN "characters" ON "characters"."id" = "own"."character_id"
INNER JOIN "battles" ON "battles"."id" = "own"."battle_id"
WHERE "battles"."sheets" -> "other"."side" ->> 'archetype' IS NOT NULL
GROUP BY 1, 2;
--> statement-breakpoint
INSERT INTO "character_counts" ("character_id", "key", "count")
SELECT "own"."character_id", 'strike.' || ("input" -> 'moves' -> "own"."side" ->> 'strike'), count(*)
FROM "battle_sides" "own"
INNER JOIN "battle_sides" "other" ON "other"."battle_id" = "own"."battle_id" AND "other"."side" <> "own"."side" AND "other"."character_id" IS NOT NULL
INNER JOIN "characters" ON "characters"."id" = "own"."character_id"
INNER JOIN "battles" ON "battles"."id" = "own"."battle_id"
CROSS JOIN LATERAL jsonb_array_elements("battles"."inputs") "input"
WHERE "input" -> 'moves' -> "own"."side" ->> 'strike' IS NOT NULL
GROUP BY 1, 2;
