CREATE TABLE "call_back" (
	"ticket_id" bigint PRIMARY KEY NOT NULL,
	"sealed" "bytea" NOT NULL,
	"ending" text NOT NULL,
	"wished_at" timestamp with time zone NOT NULL,
	"reminded_at" timestamp with time zone,
	"done_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "note" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "note_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"conversation_id" bigint NOT NULL,
	"ticket_id" bigint NOT NULL,
	"agent_id" bigint,
	"external_id" text NOT NULL,
	"text" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "note_external_id_unique" UNIQUE("external_id")
);
--> statement-breakpoint
CREATE TABLE "ticket_link" (
	"one_id" bigint NOT NULL,
	"other_id" bigint NOT NULL,
	CONSTRAINT "ticket_link_one_id_other_id_pk" PRIMARY KEY("one_id","other_id")
);
--> statement-breakpoint
ALTER TABLE "contact" ADD COLUMN "blocked_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "ticket" ADD COLUMN "tags" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "ticket" ADD COLUMN "snoozed_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "ticket" ADD COLUMN "snoozed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "call_back" ADD CONSTRAINT "call_back_ticket_id_ticket_id_fk" FOREIGN KEY ("ticket_id") REFERENCES "public"."ticket"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "note" ADD CONSTRAINT "note_conversation_id_conversation_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversation"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "note" ADD CONSTRAINT "note_ticket_id_ticket_id_fk" FOREIGN KEY ("ticket_id") REFERENCES "public"."ticket"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "note" ADD CONSTRAINT "note_agent_id_agent_id_fk" FOREIGN KEY ("agent_id") REFERENCES "public"."agent"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_link" ADD CONSTRAINT "ticket_link_one_id_ticket_id_fk" FOREIGN KEY ("one_id") REFERENCES "public"."ticket"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_link" ADD CONSTRAINT "ticket_link_other_id_ticket_id_fk" FOREIGN KEY ("other_id") REFERENCES "public"."ticket"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "call_back_due" ON "call_back" USING btree ("wished_at") WHERE "call_back"."reminded_at" is null and "call_back"."done_at" is null;--> statement-breakpoint
CREATE INDEX "note_conversation" ON "note" USING btree ("conversation_id","id");--> statement-breakpoint
CREATE INDEX "ticket_link_other" ON "ticket_link" USING btree ("other_id");--> statement-breakpoint
CREATE INDEX "ticket_snoozed" ON "ticket" USING btree ("snoozed_until") WHERE "ticket"."snoozed_until" is not null;--> statement-breakpoint
CREATE INDEX "ticket_tags" ON "ticket" USING gin ("tags");