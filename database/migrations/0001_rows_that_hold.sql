-- Clocks of two machines may differ: so far such a battle was kept as ended before it began.
UPDATE "battle_sides" SET "ended_at" = "battles"."started_at" FROM "battles" WHERE "battles"."id" = "battle_sides"."battle_id" AND "battles"."ended_at" < "battles"."started_at";--> statement-breakpoint
UPDATE "battles" SET "ended_at" = "started_at" WHERE "ended_at" < "started_at";--> statement-breakpoint
ALTER TABLE "battle_sides" ADD CONSTRAINT "battle_sides_gs_counted" CHECK (gs >= 0);--> statement-breakpoint
ALTER TABLE "battle_sides" ADD CONSTRAINT "battle_sides_shadow_alone" CHECK (character_id is not null or user_id is null);--> statement-breakpoint
ALTER TABLE "battles" ADD CONSTRAINT "battles_sheets_of_two" CHECK (case when jsonb_typeof(sheets) = 'array' then jsonb_array_length(sheets) = 2 else false end);--> statement-breakpoint
ALTER TABLE "battles" ADD CONSTRAINT "battles_inputs_array" CHECK (jsonb_typeof(inputs) = 'array');--> statement-breakpoint
ALTER TABLE "battles" ADD CONSTRAINT "battles_outcome_object" CHECK (jsonb_typeof(outcome) = 'object');--> statement-breakpoint
ALTER TABLE "battles" ADD CONSTRAINT "battles_end_after_start" CHECK (ended_at >= started_at);--> statement-breakpoint
ALTER TABLE "characters" ADD CONSTRAINT "characters_attributes_object" CHECK (jsonb_typeof(attributes) = 'object');--> statement-breakpoint
ALTER TABLE "characters" ADD CONSTRAINT "characters_skills_object" CHECK (jsonb_typeof(skills) = 'object');--> statement-breakpoint
ALTER TABLE "characters" ADD CONSTRAINT "characters_vitals_object" CHECK (jsonb_typeof(vitals_snapshot) = 'object');--> statement-breakpoint
ALTER TABLE "saved_sessions" ADD CONSTRAINT "saved_sessions_context_object" CHECK (jsonb_typeof(context) = 'object');--> statement-breakpoint
ALTER TABLE "saved_sessions" ADD CONSTRAINT "saved_sessions_version_counted" CHECK (version >= 1);