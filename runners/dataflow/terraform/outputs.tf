# This file has not run on a real cloud. Tests check its format and its names, but no provider has read it.

output "template_bucket" {
  description = "The bucket for the templates that build-template writes, and for the specs."
  value       = google_storage_bucket.templates.name
}

output "worker" {
  description = "The service account of the workers, for launch-template --service-account-email."
  value       = google_service_account.worker.email
}

output "results" {
  description = "The folder of the results."
  value       = local.results
}
