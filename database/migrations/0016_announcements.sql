CREATE TABLE "announcement_readers" (
	"announcement_id" bigint NOT NULL,
	"user_id" bigint NOT NULL,
	CONSTRAINT "announcement_readers_announcement_id_user_id_pk" PRIMARY KEY("announcement_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "announcements" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"texts" jsonb NOT NULL,
	"admin" bigint NOT NULL,
	"until_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "announcements_texts_object" CHECK (jsonb_typeof(texts) = 'object'),
	CONSTRAINT "announcements_end_after_start" CHECK (until_at >= created_at)
);
--> statement-breakpoint
ALTER TABLE "announcement_readers" ADD CONSTRAINT "announcement_readers_announcement_id_announcements_id_fk" FOREIGN KEY ("announcement_id") REFERENCES "public"."announcements"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "announcement_readers_user" ON "announcement_readers" USING btree ("user_id");