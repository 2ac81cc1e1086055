CREATE TABLE "grants" (
	"id" text PRIMARY KEY NOT NULL,
	"character_id" bigint NOT NULL,
	"contents" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "grants_contents_object" CHECK (jsonb_typeof(contents) = 'object')
);
--> statement-breakpoint
CREATE TABLE "items" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"character_id" bigint NOT NULL,
	"template" text NOT NULL,
	"rarity" text NOT NULL,
	"affixes" jsonb NOT NULL,
	"place" text NOT NULL,
	"slot" text,
	"locked" boolean DEFAULT false NOT NULL,
	"reforged" integer DEFAULT 0 NOT NULL,
	"grant_id" text NOT NULL,
	"grant_line" smallint NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"gone_at" timestamp (3) with time zone,
	"gone_how" text,
	CONSTRAINT "items_granted_once" UNIQUE("grant_id","grant_line"),
	CONSTRAINT "items_affixes_array" CHECK (jsonb_typeof(affixes) = 'array'),
	CONSTRAINT "items_rarity_known" CHECK (rarity in ('common', 'fine', 'rare', 'epic')),
	CONSTRAINT "items_place_known" CHECK (place in ('bag', 'worn', 'chest')),
	CONSTRAINT "items_slot_known" CHECK (slot in ('weapon', 'offhand', 'head', 'body', 'feet', 'charm')),
	CONSTRAINT "items_slot_is_worn" CHECK ((place = 'worn') = (slot is not null)),
	CONSTRAINT "items_end_known" CHECK (gone_how in ('sold', 'salvaged', 'dropped')),
	CONSTRAINT "items_end_complete" CHECK ((gone_at is null) = (gone_how is null)),
	CONSTRAINT "items_end_not_worn" CHECK (gone_at is null or place <> 'worn')
);
--> statement-breakpoint
CREATE TABLE "journeys" (
	"character_id" bigint PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"level" smallint NOT NULL,
	"xp" integer NOT NULL,
	"points" smallint NOT NULL,
	"gold" integer NOT NULL,
	"scrap" integer NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "journeys_version_counted" CHECK (version >= 1),
	CONSTRAINT "journeys_level_known" CHECK (level between 1 and 10),
	CONSTRAINT "journeys_xp_counted" CHECK (xp >= 0),
	CONSTRAINT "journeys_points_counted" CHECK (points between 0 and 15),
	CONSTRAINT "journeys_wallet_counted" CHECK (gold between 0 and 99999 and scrap >= 0)
);
--> statement-breakpoint
CREATE TABLE "skill_progress" (
	"character_id" bigint NOT NULL,
	"skill" text NOT NULL,
	"uses" integer NOT NULL,
	CONSTRAINT "skill_progress_character_id_skill_pk" PRIMARY KEY("character_id","skill"),
	CONSTRAINT "skill_progress_counted" CHECK (uses >= 0)
);
--> statement-breakpoint
CREATE TABLE "wallet_transactions" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"character_id" bigint NOT NULL,
	"gold" integer NOT NULL,
	"scrap" integer NOT NULL,
	"reason" text NOT NULL,
	"ref" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "wallet_transactions_once" UNIQUE("character_id","reason","ref")
);
--> statement-breakpoint
ALTER TABLE "characters" ADD COLUMN "gear" jsonb;--> statement-breakpoint
ALTER TABLE "characters" ADD COLUMN "loadout" jsonb;--> statement-breakpoint
ALTER TABLE "grants" ADD CONSTRAINT "grants_character_id_characters_id_fk" FOREIGN KEY ("character_id") REFERENCES "public"."characters"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "items" ADD CONSTRAINT "items_character_id_characters_id_fk" FOREIGN KEY ("character_id") REFERENCES "public"."characters"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "items" ADD CONSTRAINT "items_grant_id_grants_id_fk" FOREIGN KEY ("grant_id") REFERENCES "public"."grants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "journeys" ADD CONSTRAINT "journeys_character_id_characters_id_fk" FOREIGN KEY ("character_id") REFERENCES "public"."characters"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "skill_progress" ADD CONSTRAINT "skill_progress_character_id_characters_id_fk" FOREIGN KEY ("character_id") REFERENCES "public"."characters"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "wallet_transactions" ADD CONSTRAINT "wallet_transactions_character_id_characters_id_fk" FOREIGN KEY ("character_id") REFERENCES "public"."characters"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "grants_of_character" ON "grants" USING btree ("character_id","created_at" DESC NULLS LAST);--> statement-breakpoint
CREATE UNIQUE INDEX "items_worn_slot" ON "items" USING btree ("character_id","slot") WHERE place = 'worn' and gone_at is null;--> statement-breakpoint
CREATE INDEX "items_of_character" ON "items" USING btree ("character_id") WHERE gone_at is null;--> statement-breakpoint
ALTER TABLE "characters" ADD CONSTRAINT "characters_gear_object" CHECK (jsonb_typeof(gear) = 'object');--> statement-breakpoint
ALTER TABLE "characters" ADD CONSTRAINT "characters_loadout_array" CHECK (jsonb_typeof(loadout) = 'array');