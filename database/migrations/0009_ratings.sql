CREATE TABLE "battle_ratings" (
	"battle_id" text NOT NULL,
	"side" smallint NOT NULL,
	"character_id" bigint NOT NULL,
	"user_id" bigint,
	"season" integer NOT NULL,
	"ladder" text NOT NULL,
	"unrated" text,
	"weight" double precision,
	"chance" double precision,
	"score" double precision,
	"mu_before" double precision,
	"mu_after" double precision,
	"mu_delta" double precision,
	"sigma_before" double precision,
	"sigma_after" double precision,
	"sigma_delta" double precision,
	"r_before" integer,
	"r_after" integer,
	"lifetime" integer,
	"ended_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "battle_ratings_battle_id_side_pk" PRIMARY KEY("battle_id","side"),
	CONSTRAINT "battle_ratings_side_known" CHECK (side in (0, 1)),
	CONSTRAINT "battle_ratings_ladder_known" CHECK (ladder in ('duel')),
	CONSTRAINT "battle_ratings_reason_known" CHECK (unrated in ('same_user', 'unknown_character', 'outage', 'few_moves', 'short', 'pair')),
	CONSTRAINT "battle_ratings_complete" CHECK (num_nulls(weight, chance, score, mu_before, mu_after, mu_delta, sigma_before, sigma_after,
        sigma_delta, r_before, r_after, lifetime) = case when unrated is null then 0 else 12 end),
	CONSTRAINT "battle_ratings_sigma_falls" CHECK (sigma_delta <= 0),
	CONSTRAINT "battle_ratings_win_raises" CHECK (score < 1 or r_after >= r_before),
	CONSTRAINT "battle_ratings_loss_lowers" CHECK (score > 0 or r_after <= r_before)
);
--> statement-breakpoint
CREATE TABLE "ladder_standings" (
	"season" integer NOT NULL,
	"ladder" text NOT NULL,
	"character_id" bigint NOT NULL,
	"user_id" bigint NOT NULL,
	"mu" double precision NOT NULL,
	"sigma" double precision NOT NULL,
	"r" integer NOT NULL,
	"peak" integer NOT NULL,
	"battles" integer NOT NULL,
	"opponents" integer NOT NULL,
	"lifetime" integer NOT NULL,
	"reached_at" timestamp (3) with time zone NOT NULL,
	"last_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "ladder_standings_season_ladder_character_id_pk" PRIMARY KEY("season","ladder","character_id"),
	CONSTRAINT "ladder_standings_ladder_known" CHECK (ladder in ('duel')),
	CONSTRAINT "ladder_standings_sigma_positive" CHECK (sigma > 0),
	CONSTRAINT "ladder_standings_peak_highest" CHECK (peak >= r),
	CONSTRAINT "ladder_standings_counted" CHECK (battles >= 1 and opponents between 1 and battles and lifetime >= battles)
);
--> statement-breakpoint
CREATE TABLE "seasons" (
	"number" integer PRIMARY KEY NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"ends_at" timestamp (3) with time zone,
	"closed_at" timestamp (3) with time zone,
	CONSTRAINT "seasons_number_counted" CHECK (number >= 0),
	CONSTRAINT "seasons_end_after_start" CHECK (ends_at > started_at)
);
--> statement-breakpoint
ALTER TABLE "battle_sides" ADD COLUMN "own_moves" integer;--> statement-breakpoint
ALTER TABLE "battles" ADD COLUMN "had_outage" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "battle_ratings" ADD CONSTRAINT "battle_ratings_battle_id_battles_id_fk" FOREIGN KEY ("battle_id") REFERENCES "public"."battles"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ladder_standings" ADD CONSTRAINT "ladder_standings_season_seasons_number_fk" FOREIGN KEY ("season") REFERENCES "public"."seasons"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ladder_standings" ADD CONSTRAINT "ladder_standings_character_id_characters_id_fk" FOREIGN KEY ("character_id") REFERENCES "public"."characters"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "battle_ratings_character" ON "battle_ratings" USING btree ("character_id","ended_at" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "battle_ratings_user" ON "battle_ratings" USING btree ("user_id","ended_at" DESC NULLS FIRST) WHERE unrated is null;--> statement-breakpoint
CREATE INDEX "battle_ratings_latest" ON "battle_ratings" USING btree ("ended_at" DESC NULLS FIRST) WHERE unrated is null;--> statement-breakpoint
CREATE INDEX "ladder_standings_order" ON "ladder_standings" USING btree ("season","ladder","r" DESC NULLS FIRST,"reached_at","character_id");--> statement-breakpoint
CREATE INDEX "ladder_standings_character" ON "ladder_standings" USING btree ("character_id","ladder","season");--> statement-breakpoint
ALTER TABLE "battle_sides" ADD CONSTRAINT "battle_sides_own_moves_counted" CHECK (own_moves >= 0);--> statement-breakpoint
-- Until seasons have an end there is one.
INSERT INTO "seasons" ("number", "started_at") VALUES (0, now());
