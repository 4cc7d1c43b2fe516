ALTER TABLE "announcement" ADD COLUMN "client_id" text;--> statement-breakpoint
ALTER TABLE "notice" ADD COLUMN "client_id" text;--> statement-breakpoint
ALTER TABLE "announcement" ADD CONSTRAINT "announcement_client_id_unique" UNIQUE("client_id");--> statement-breakpoint
ALTER TABLE "notice" ADD CONSTRAINT "notice_client_id_unique" UNIQUE("client_id");