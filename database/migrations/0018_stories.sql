ALTER TABLE "journeys" ADD COLUMN "scenario" jsonb;--> statement-breakpoint
ALTER TABLE "journeys" ADD COLUMN "stories" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "journeys" ADD CONSTRAINT "journeys_scenario_object" CHECK (jsonb_typeof(scenario) = 'object');--> statement-breakpoint
ALTER TABLE "journeys" ADD CONSTRAINT "journeys_stories_object" CHECK (jsonb_typeof(stories) = 'object');--> statement-breakpoint
ALTER TABLE "journeys" ADD CONSTRAINT "journeys_one_thing_at_a_time" CHECK (encounter is null or scenario is null or scenario @> '{"paused": true}');