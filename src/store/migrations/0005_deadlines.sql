CREATE TABLE "staff_notice" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "staff_notice_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"ticket_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"cause" text NOT NULL,
	"channel" text NOT NULL,
	"recipient" text NOT NULL,
	"state" text DEFAULT 'pending' NOT NULL,
	"due_at" timestamp with time zone DEFAULT now() NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"lease_until" timestamp with time zone,
	"failure" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"sent_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "ticket" ADD COLUMN "next_answer_due" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "ticket" ADD COLUMN "rung_due" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "ticket" ADD COLUMN "level_by" text;--> statement-breakpoint
ALTER TABLE "ticket" ADD COLUMN "first_breach_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "ticket" ADD COLUMN "next_breach_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "ticket" ADD COLUMN "resolution_breach_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "ticket" ADD COLUMN "tell_due" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "ticket" ADD COLUMN "told" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "ticket" ADD COLUMN "on_call_due" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "ticket" ADD COLUMN "next_due" timestamp with time zone GENERATED ALWAYS AS (case when state <> 'resolved' then least(
        case when first_answer_at is null and first_breach_at is null then first_answer_due end,
        case when next_breach_at is null then next_answer_due end,
        resolution_due, rung_due, tell_due, on_call_due) end) STORED;--> statement-breakpoint
ALTER TABLE "staff_notice" ADD CONSTRAINT "staff_notice_ticket_id_ticket_id_fk" FOREIGN KEY ("ticket_id") REFERENCES "public"."ticket"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "staff_notice_once" ON "staff_notice" USING btree ("ticket_id","cause","channel","recipient");--> statement-breakpoint
CREATE INDEX "staff_notice_owed" ON "staff_notice" USING btree ("channel","recipient","due_at") WHERE "staff_notice"."state" in ('pending', 'sending');--> statement-breakpoint
CREATE INDEX "staff_notice_sent" ON "staff_notice" USING btree ("channel","recipient","sent_at") WHERE "staff_notice"."sent_at" is not null;--> statement-breakpoint
CREATE INDEX "ticket_due" ON "ticket" USING btree ("next_due") WHERE "ticket"."next_due" is not null;