CREATE TABLE "ladder_bests" (
	"ladder" text NOT NULL,
	"character_id" bigint NOT NULL,
	"r" integer NOT NULL,
	"reached_at" timestamp (3) with time zone NOT NULL,
	"archetype" text,
	"listed" boolean DEFAULT true NOT NULL,
	CONSTRAINT "ladder_bests_ladder_character_id_pk" PRIMARY KEY("ladder","character_id"),
	CONSTRAINT "ladder_bests_ladder_known" CHECK (ladder in ('duel')),
	CONSTRAINT "ladder_bests_archetype_known" CHECK (archetype in ('warrior', 'duelist', 'guardian', 'mystic'))
);
--> statement-breakpoint
DROP INDEX "ladder_standings_order";--> statement-breakpoint
ALTER TABLE "battle_ratings" ADD COLUMN "league_before" text;--> statement-breakpoint
ALTER TABLE "battle_ratings" ADD COLUMN "league_after" text;--> statement-breakpoint
ALTER TABLE "ladder_standings" ADD COLUMN "league" text;--> statement-breakpoint
ALTER TABLE "ladder_standings" ADD COLUMN "archetype" text;--> statement-breakpoint
ALTER TABLE "ladder_standings" ADD COLUMN "listed" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "ladder_standings" ADD COLUMN "place" integer;--> statement-breakpoint
ALTER TABLE "ladder_standings" ADD COLUMN "end_shown_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "ladder_bests" ADD CONSTRAINT "ladder_bests_character_id_characters_id_fk" FOREIGN KEY ("character_id") REFERENCES "public"."characters"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "ladder_bests_order" ON "ladder_bests" USING btree ("ladder","r" DESC NULLS FIRST,"reached_at","character_id") WHERE listed;--> statement-breakpoint
CREATE INDEX "ladder_bests_archetype" ON "ladder_bests" USING btree ("ladder","archetype","r" DESC NULLS FIRST,"reached_at","character_id") WHERE listed;--> statement-breakpoint
CREATE INDEX "ladder_bests_numbers" ON "ladder_bests" USING btree ("ladder","r") WHERE listed;--> statement-breakpoint
CREATE INDEX "ladder_standings_archetype" ON "ladder_standings" USING btree ("season","ladder","archetype","r" DESC NULLS FIRST,"reached_at","character_id","last_at") WHERE listed and battles >= 10 and opponents >= 5;--> statement-breakpoint
CREATE INDEX "ladder_standings_order" ON "ladder_standings" USING btree ("season","ladder","r" DESC NULLS FIRST,"reached_at","character_id","last_at") WHERE listed and battles >= 10 and opponents >= 5;--> statement-breakpoint
ALTER TABLE "battle_ratings" ADD CONSTRAINT "battle_ratings_league_known" CHECK (league_before in ('bronze', 'silver', 'gold', 'platinum', 'diamond') and league_after in ('bronze', 'silver', 'gold', 'platinum', 'diamond'));--> statement-breakpoint
ALTER TABLE "ladder_standings" ADD CONSTRAINT "ladder_standings_league_known" CHECK (league in ('bronze', 'silver', 'gold', 'platinum', 'diamond'));--> statement-breakpoint
ALTER TABLE "ladder_standings" ADD CONSTRAINT "ladder_standings_archetype_known" CHECK (archetype in ('warrior', 'duelist', 'guardian', 'mystic'));--> statement-breakpoint
ALTER TABLE "ladder_standings" ADD CONSTRAINT "ladder_standings_place_counted" CHECK (place >= 1);