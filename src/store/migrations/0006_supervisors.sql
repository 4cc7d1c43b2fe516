CREATE TABLE "webhook" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "webhook_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"url" text NOT NULL,
	"kinds" text[] DEFAULT '{}' NOT NULL,
	"secret" "bytea" NOT NULL,
	"position" text NOT NULL,
	"due_at" timestamp with time zone,
	"failures" integer DEFAULT 0 NOT NULL,
	"failing_since" timestamp with time zone,
	"last_result" text,
	"delivered_at" timestamp with time zone,
	"disabled_at" timestamp with time zone,
	"disabled_why" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE INDEX "event_act" ON "event" USING btree ("at","id") WHERE "event"."agent_id" is not null or "event"."conversation_id" is null;--> statement-breakpoint
CREATE INDEX "event_agent" ON "event" USING btree ("agent_id","at","id") WHERE "event"."agent_id" is not null;--> statement-breakpoint
CREATE INDEX "event_missed" ON "event" USING btree ("at") WHERE "event"."kind" = 'turn' and ("event"."data" ->> 'decision' = 'fallback' or "event"."data" ->> 'reason' in ('no-answer', 'not-solved'));--> statement-breakpoint
CREATE INDEX "message_undelivered" ON "message" USING btree ("created_at") WHERE "message"."delivery" in ('failed', 'uncertain');--> statement-breakpoint
CREATE INDEX "survey_unsolved" ON "survey" USING btree ("answered_at") WHERE "survey"."solved" = false;