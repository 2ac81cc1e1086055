CREATE TABLE "battle_sides" (
	"battle_id" text NOT NULL,
	"side" smallint NOT NULL,
	"character_id" bigint,
	"user_id" bigint,
	"name" text NOT NULL,
	"gs" integer NOT NULL,
	"result" text NOT NULL,
	"ended_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "battle_sides_battle_id_side_pk" PRIMARY KEY("battle_id","side"),
	CONSTRAINT "battle_sides_side_known" CHECK (side in (0, 1)),
	CONSTRAINT "battle_sides_result_known" CHECK (result in ('won', 'lost', 'drawn'))
);
--> statement-breakpoint
CREATE TABLE "battles" (
	"id" text PRIMARY KEY NOT NULL,
	"mode" text NOT NULL,
	"rules_version" integer NOT NULL,
	"seed" text NOT NULL,
	"sheets" jsonb NOT NULL,
	"inputs" jsonb NOT NULL,
	"outcome" jsonb NOT NULL,
	"turns" integer NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "battles_seed_hex" CHECK (seed ~ '^[0-9a-f]{32}$'),
	CONSTRAINT "battles_turns_counted" CHECK (turns >= 1)
);
--> statement-breakpoint
CREATE TABLE "characters" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"user_id" bigint NOT NULL,
	"slot" smallint NOT NULL,
	"name" text,
	"name_key" text,
	"gender" text,
	"archetype" text,
	"stage" text GENERATED ALWAYS AS (case when name is null or archetype is null then 'shell' else 'ready' end) STORED NOT NULL,
	"attributes" jsonb,
	"skills" jsonb,
	"vitals_snapshot" jsonb,
	"location_id" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"last_seen_at" timestamp (3) with time zone,
	"deleted_at" timestamp (3) with time zone,
	CONSTRAINT "characters_of_user" UNIQUE("user_id","id"),
	CONSTRAINT "characters_slot_known" CHECK (slot between 1 and 4),
	CONSTRAINT "characters_name_has_key" CHECK ((name is null) = (name_key is null)),
	CONSTRAINT "characters_gender_known" CHECK (gender in ('male', 'female')),
	CONSTRAINT "characters_archetype_known" CHECK (archetype in ('warrior', 'duelist', 'guardian', 'mystic'))
);
--> statement-breakpoint
CREATE TABLE "saved_sessions" (
	"character_id" bigint PRIMARY KEY NOT NULL,
	"context" jsonb NOT NULL,
	"version" integer NOT NULL,
	"saved_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" bigint PRIMARY KEY NOT NULL,
	"first_name" text,
	"last_name" text,
	"username" text,
	"language" text,
	"active_character_id" bigint,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "users_language_known" CHECK (language in ('en', 'ru'))
);
--> statement-breakpoint
ALTER TABLE "battle_sides" ADD CONSTRAINT "battle_sides_battle_id_battles_id_fk" FOREIGN KEY ("battle_id") REFERENCES "public"."battles"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "characters" ADD CONSTRAINT "characters_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "saved_sessions" ADD CONSTRAINT "saved_sessions_character_id_characters_id_fk" FOREIGN KEY ("character_id") REFERENCES "public"."characters"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_active_character_own" FOREIGN KEY ("id","active_character_id") REFERENCES "public"."characters"("user_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "battle_sides_history" ON "battle_sides" USING btree ("character_id","ended_at" DESC NULLS FIRST,"battle_id" DESC NULLS FIRST);--> statement-breakpoint
CREATE UNIQUE INDEX "characters_slot" ON "characters" USING btree ("user_id","slot") WHERE deleted_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "characters_name_key" ON "characters" USING btree ("name_key") WHERE deleted_at is null;