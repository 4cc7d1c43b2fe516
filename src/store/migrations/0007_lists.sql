CREATE TABLE "canned" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "canned_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"shortcut" text NOT NULL,
	"title" text NOT NULL,
	"texts" jsonb NOT NULL,
	"departments" text[] DEFAULT '{}' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_by" bigint,
	CONSTRAINT "canned_shortcut_unique" UNIQUE("shortcut")
);
--> statement-breakpoint
CREATE TABLE "seen" (
	"agent_id" bigint NOT NULL,
	"conversation_id" bigint NOT NULL,
	"seq" integer NOT NULL,
	CONSTRAINT "seen_agent_id_conversation_id_pk" PRIMARY KEY("agent_id","conversation_id")
);
--> statement-breakpoint
ALTER TABLE "canned" ADD CONSTRAINT "canned_updated_by_agent_id_fk" FOREIGN KEY ("updated_by") REFERENCES "public"."agent"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "seen" ADD CONSTRAINT "seen_agent_id_agent_id_fk" FOREIGN KEY ("agent_id") REFERENCES "public"."agent"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "seen" ADD CONSTRAINT "seen_conversation_id_conversation_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversation"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "seen_conversation" ON "seen" USING btree ("conversation_id");--> statement-breakpoint
CREATE INDEX "address_search" ON "address" USING gin (to_tsvector('simple', lower(translate("value", 'İIıŞşĞğÜüÖöÇçƏəÂâÎîÛûÉé._-/@:+#<>&=|̧̂̆̇̈', 'iiissgguuoocceeaaiiuuee             '))));--> statement-breakpoint
CREATE INDEX "contact_search" ON "contact" USING gin (to_tsvector('simple', lower(translate("name", 'İIıŞşĞğÜüÖöÇçƏəÂâÎîÛûÉé._-/@:+#<>&=|̧̂̆̇̈', 'iiissgguuoocceeaaiiuuee             '))));--> statement-breakpoint
CREATE INDEX "message_search" ON "message" USING gin (to_tsvector('simple', lower(translate("text", 'İIıŞşĞğÜüÖöÇçƏəÂâÎîÛûÉé._-/@:+#<>&=|̧̂̆̇̈', 'iiissgguuoocceeaaiiuuee             ')))) WHERE "message"."author" in ('contact', 'agent');--> statement-breakpoint
CREATE INDEX "note_search" ON "note" USING gin (to_tsvector('simple', lower(translate("text", 'İIıŞşĞğÜüÖöÇçƏəÂâÎîÛûÉé._-/@:+#<>&=|̧̂̆̇̈', 'iiissgguuoocceeaaiiuuee             '))));--> statement-breakpoint
CREATE INDEX "ticket_resolved" ON "ticket" USING btree ("resolved_at","id") WHERE "ticket"."state" = 'resolved';--> statement-breakpoint
CREATE INDEX "ticket_conversation" ON "ticket" USING btree ("conversation_id","id");