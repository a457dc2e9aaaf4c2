# This file has met no real cloud: tests check its format and its names, but no provider has read it.

output "template_bucket" {
  description = "Where build-template puts the templates, and where the specs belong."
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
