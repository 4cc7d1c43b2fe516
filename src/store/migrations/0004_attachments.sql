CREATE TABLE "attachment" (
	"id" text PRIMARY KEY NOT NULL,
	"contact_id" bigint,
	"conversation_id" bigint,
	"message_id" bigint,
	"channel" text NOT NULL,
	"address" text NOT NULL,
	"agent_id" bigint,
	"name" text NOT NULL,
	"type" text NOT NULL,
	"size" integer NOT NULL,
	"sha256" text NOT NULL,
	"key" "bytea" NOT NULL,
	"state" text DEFAULT 'arriving' NOT NULL,
	"scan" text DEFAULT 'not-scanned' NOT NULL,
	"threat" text,
	"identity" boolean DEFAULT false NOT NULL,
	"preview" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"removed_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "upload_link" (
	"id" text PRIMARY KEY NOT NULL,
	"conversation_id" bigint NOT NULL,
	"language" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "attachment" ADD CONSTRAINT "attachment_contact_id_contact_id_fk" FOREIGN KEY ("contact_id") REFERENCES "public"."contact"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attachment" ADD CONSTRAINT "attachment_conversation_id_conversation_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversation"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attachment" ADD CONSTRAINT "attachment_message_id_message_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."message"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "upload_link" ADD CONSTRAINT "upload_link_conversation_id_conversation_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversation"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "attachment_contact" ON "attachment" USING btree ("contact_id");--> statement-breakpoint
CREATE INDEX "attachment_conversation" ON "attachment" USING btree ("conversation_id");--> statement-breakpoint
CREATE INDEX "attachment_message" ON "attachment" USING btree ("message_id");--> statement-breakpoint
CREATE INDEX "attachment_loose" ON "attachment" USING btree ("created_at") WHERE "attachment"."message_id" is null;--> statement-breakpoint
CREATE INDEX "attachment_identity" ON "attachment" USING btree ("created_at") WHERE "attachment"."identity" and "attachment"."state" <> 'removed';--> statement-breakpoint
CREATE INDEX "attachment_unscanned" ON "attachment" USING btree ("created_at") WHERE "attachment"."scan" = 'not-scanned' and "attachment"."state" = 'kept';--> statement-breakpoint
CREATE INDEX "upload_link_conversation" ON "upload_link" USING btree ("conversation_id");