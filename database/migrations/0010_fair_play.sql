CREATE TABLE "leaver_pauses" (
	"user_id" bigint PRIMARY KEY NOT NULL,
	"until_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
DROP INDEX "battle_ratings_user";--> statement-breakpoint
CREATE INDEX "battle_ratings_user" ON "battle_ratings" USING btree ("user_id","ended_at" DESC NULLS FIRST);