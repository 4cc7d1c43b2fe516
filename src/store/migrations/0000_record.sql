CREATE SEQUENCE "public"."line_number" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE SEQUENCE "public"."ticket_number" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1000 CACHE 1;--> statement-breakpoint
CREATE TABLE "address" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "address_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"contact_id" bigint NOT NULL,
	"channel" text NOT NULL,
	"value" text NOT NULL,
	"unreachable" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "agent" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "agent_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"email" text NOT NULL,
	"name" text NOT NULL,
	"role" text DEFAULT 'agent' NOT NULL,
	"password" text,
	"departments" text[] DEFAULT '{}' NOT NULL,
	"languages" text[] DEFAULT '{}' NOT NULL,
	"capacity" integer DEFAULT 10 NOT NULL,
	"presence" text DEFAULT 'offline' NOT NULL,
	"seen_at" timestamp with time zone,
	"disabled_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "agent_email_unique" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "contact" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "contact_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"name" text,
	"language" text,
	"tier" text,
	"subject" text,
	"protected" boolean DEFAULT false NOT NULL,
	"key" "bytea" NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "contact_subject_unique" UNIQUE("subject")
);
--> statement-breakpoint
CREATE TABLE "conversation" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "conversation_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"contact_id" bigint NOT NULL,
	"address_id" bigint NOT NULL,
	"owner" text DEFAULT 'bot' NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"language" text,
	"state" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"last_seq" integer DEFAULT 0 NOT NULL,
	"handled_seq" integer DEFAULT 0 NOT NULL,
	"heard_seq" integer DEFAULT 0 NOT NULL,
	"heard_at" timestamp with time zone,
	"waiting_since" timestamp with time zone,
	"opened_at" timestamp with time zone DEFAULT now() NOT NULL,
	"closed_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "cursor" (
	"channel" text NOT NULL,
	"name" text NOT NULL,
	"value" jsonb NOT NULL,
	CONSTRAINT "cursor_channel_name_pk" PRIMARY KEY("channel","name")
);
--> statement-breakpoint
CREATE TABLE "event" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "event_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"xid" "xid8" DEFAULT pg_current_xact_id() NOT NULL,
	"conversation_id" bigint,
	"seq" integer,
	"kind" text NOT NULL,
	"data" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"agent_id" bigint,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "invitation" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"agent_id" bigint,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "lease" (
	"name" text PRIMARY KEY NOT NULL,
	"holder" text NOT NULL,
	"until" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "message" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "message_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"conversation_id" bigint NOT NULL,
	"address_id" bigint NOT NULL,
	"seq" integer,
	"author" text NOT NULL,
	"agent_id" bigint,
	"external_id" text,
	"text" text NOT NULL,
	"body" jsonb NOT NULL,
	"findings" jsonb,
	"sealed" "bytea",
	"why" jsonb,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"turn_seq" integer,
	"part" integer,
	"fence" text,
	"delivery" text,
	"attempts" integer DEFAULT 0 NOT NULL,
	"due_at" timestamp with time zone,
	"lease_until" timestamp with time zone,
	"receipt" jsonb,
	"failure" text,
	"sent_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "sign_in" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"agent_id" bigint NOT NULL,
	"csrf" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "survey" (
	"ticket_id" bigint PRIMARY KEY NOT NULL,
	"asked_at" timestamp with time zone DEFAULT now() NOT NULL,
	"solved" boolean,
	"score" integer,
	"comment" text,
	"answered_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "ticket" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "ticket_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"number" text NOT NULL,
	"conversation_id" bigint NOT NULL,
	"contact_id" bigint NOT NULL,
	"department" text NOT NULL,
	"reason" text NOT NULL,
	"topic" text,
	"language" text NOT NULL,
	"urgency" text DEFAULT 'normal' NOT NULL,
	"level" text DEFAULT 'operator' NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"assignee_id" bigint,
	"line_at" timestamp with time zone NOT NULL,
	"line_number" bigint DEFAULT nextval('line_number') NOT NULL,
	"first_answer_due" timestamp with time zone NOT NULL,
	"first_answer_at" timestamp with time zone,
	"resolution_due" timestamp with time zone NOT NULL,
	"place" integer DEFAULT 1 NOT NULL,
	"outcome" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"assigned_at" timestamp with time zone,
	"resolved_at" timestamp with time zone,
	CONSTRAINT "ticket_number_unique" UNIQUE("number")
);
--> statement-breakpoint
ALTER TABLE "address" ADD CONSTRAINT "address_contact_id_contact_id_fk" FOREIGN KEY ("contact_id") REFERENCES "public"."contact"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversation" ADD CONSTRAINT "conversation_contact_id_contact_id_fk" FOREIGN KEY ("contact_id") REFERENCES "public"."contact"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversation" ADD CONSTRAINT "conversation_address_id_address_id_fk" FOREIGN KEY ("address_id") REFERENCES "public"."address"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event" ADD CONSTRAINT "event_conversation_id_conversation_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversation"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_agent_id_agent_id_fk" FOREIGN KEY ("agent_id") REFERENCES "public"."agent"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message" ADD CONSTRAINT "message_conversation_id_conversation_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversation"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message" ADD CONSTRAINT "message_address_id_address_id_fk" FOREIGN KEY ("address_id") REFERENCES "public"."address"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sign_in" ADD CONSTRAINT "sign_in_agent_id_agent_id_fk" FOREIGN KEY ("agent_id") REFERENCES "public"."agent"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "survey" ADD CONSTRAINT "survey_ticket_id_ticket_id_fk" FOREIGN KEY ("ticket_id") REFERENCES "public"."ticket"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket" ADD CONSTRAINT "ticket_conversation_id_conversation_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversation"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket" ADD CONSTRAINT "ticket_contact_id_contact_id_fk" FOREIGN KEY ("contact_id") REFERENCES "public"."contact"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket" ADD CONSTRAINT "ticket_assignee_id_agent_id_fk" FOREIGN KEY ("assignee_id") REFERENCES "public"."agent"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "address_place" ON "address" USING btree ("channel","value");--> statement-breakpoint
CREATE INDEX "address_contact" ON "address" USING btree ("contact_id");--> statement-breakpoint
CREATE UNIQUE INDEX "conversation_open" ON "conversation" USING btree ("address_id") WHERE "conversation"."closed_at" is null;--> statement-breakpoint
CREATE INDEX "conversation_contact" ON "conversation" USING btree ("contact_id");--> statement-breakpoint
CREATE INDEX "conversation_waiting" ON "conversation" USING btree ("waiting_since") WHERE "conversation"."waiting_since" is not null and "conversation"."owner" = 'bot';--> statement-breakpoint
CREATE INDEX "conversation_address" ON "conversation" USING btree ("address_id","id");--> statement-breakpoint
CREATE INDEX "event_reader" ON "event" USING btree ("xid","id");--> statement-breakpoint
CREATE INDEX "event_conversation" ON "event" USING btree ("conversation_id","seq");--> statement-breakpoint
CREATE INDEX "event_kind" ON "event" USING btree ("kind","at");--> statement-breakpoint
CREATE UNIQUE INDEX "message_external" ON "message" USING btree ("address_id","external_id") WHERE "message"."external_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "message_reply" ON "message" USING btree ("conversation_id","turn_seq","part") WHERE "message"."turn_seq" is not null;--> statement-breakpoint
CREATE INDEX "message_order" ON "message" USING btree ("conversation_id","seq");--> statement-breakpoint
CREATE INDEX "message_owed" ON "message" USING btree ("conversation_id","id") WHERE "message"."delivery" in ('pending', 'sending');--> statement-breakpoint
CREATE INDEX "sign_in_agent" ON "sign_in" USING btree ("agent_id");--> statement-breakpoint
CREATE UNIQUE INDEX "ticket_open" ON "ticket" USING btree ("conversation_id") WHERE "ticket"."state" <> 'resolved';--> statement-breakpoint
CREATE INDEX "ticket_line" ON "ticket" USING btree ("department","line_at","line_number") WHERE "ticket"."state" = 'waiting';--> statement-breakpoint
CREATE INDEX "ticket_assignee" ON "ticket" USING btree ("assignee_id") WHERE "ticket"."state" = 'assigned';--> statement-breakpoint
CREATE INDEX "ticket_contact" ON "ticket" USING btree ("contact_id");