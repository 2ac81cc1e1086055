ALTER TABLE "battle_sides" ADD COLUMN "gender" text;--> statement-breakpoint
ALTER TABLE "battle_sides" ADD CONSTRAINT "battle_sides_gender_known" CHECK (gender in ('male', 'female'));