CREATE TABLE "stacks" (
	"character_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"amount" smallint NOT NULL,
	CONSTRAINT "stacks_character_id_kind_pk" PRIMARY KEY("character_id","kind"),
	CONSTRAINT "stacks_counted" CHECK (amount between 0 and 999)
);
--> statement-breakpoint
ALTER TABLE "journeys" ADD COLUMN "location_id" text DEFAULT 'start_village' NOT NULL;--> statement-breakpoint
ALTER TABLE "journeys" ADD COLUMN "prev_location_id" text;--> statement-breakpoint
ALTER TABLE "journeys" ADD COLUMN "energy" smallint DEFAULT 24 NOT NULL;--> statement-breakpoint
ALTER TABLE "journeys" ADD COLUMN "energy_at" timestamp (3) with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "journeys" ADD COLUMN "rested_at" timestamp (3) with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "journeys" ADD COLUMN "encounter" jsonb;--> statement-breakpoint
ALTER TABLE "journeys" ADD COLUMN "seen" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "journeys" ADD COLUMN "dry" smallint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "journeys" ADD COLUMN "boss_day" integer;--> statement-breakpoint
ALTER TABLE "battle_sides" ADD COLUMN "monster" text;--> statement-breakpoint
ALTER TABLE "stacks" ADD CONSTRAINT "stacks_character_id_characters_id_fk" FOREIGN KEY ("character_id") REFERENCES "public"."characters"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "journeys" ADD CONSTRAINT "journeys_energy_counted" CHECK (energy between 0 and 24);--> statement-breakpoint
ALTER TABLE "journeys" ADD CONSTRAINT "journeys_encounter_object" CHECK (jsonb_typeof(encounter) = 'object');--> statement-breakpoint
ALTER TABLE "journeys" ADD CONSTRAINT "journeys_seen_array" CHECK (jsonb_typeof(seen) = 'array');--> statement-breakpoint
ALTER TABLE "journeys" ADD CONSTRAINT "journeys_dry_counted" CHECK (dry >= 0);--> statement-breakpoint
ALTER TABLE "battle_sides" ADD CONSTRAINT "battle_sides_monster_known" CHECK (monster in ('straw_man', 'rat', 'wild_dog', 'poacher', 'wolf', 'bandit', 'marsh_hag', 'bear', 'pack_leader', 'revenant', 'ash_thrall', 'gate_knight', 'titan_guard'));--> statement-breakpoint
ALTER TABLE "battle_sides" ADD CONSTRAINT "battle_sides_monster_alone" CHECK (monster is null or character_id is null);