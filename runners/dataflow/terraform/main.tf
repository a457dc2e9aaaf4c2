# This file has not run on a real cloud. Tests check its format and its names, but no provider has read it.
#
# The weekly segmentation: a bucket for the templates, service accounts with the least roles, a
# schedule, and optionally a job that scores a stream.

locals {
  results = "gs://${var.output_bucket}/${var.output}"
  temp    = "gs://${google_storage_bucket.templates.name}/tmp"

  parameters = merge(
    {
      spec   = "gs://${google_storage_bucket.templates.name}/${var.spec}"
      input  = "gs://${var.input_bucket}/${var.input}"
      output = local.results
    },
    var.continue_from_previous_model ? {
      previousModel       = "${local.results}/model.json"
      previousAssignments = "${local.results}/assignments-*.csv"
    } : {}
  )

  # The request omits keys that are null.
  environment = { for key, value in {
    serviceAccountEmail  = google_service_account.worker.email
    tempLocation         = local.temp
    subnetwork           = var.subnetwork
    ipConfiguration      = "WORKER_IP_PRIVATE"
    kmsKeyName           = var.kms_key
    machineType          = var.machine_type
    maxWorkers           = var.max_workers
    additionalUserLabels = var.labels
  } : key => value if value != null }
}

resource "google_project_service" "apis" {
  for_each = toset([
    "artifactregistry.googleapis.com",
    "cloudscheduler.googleapis.com",
    "dataflow.googleapis.com",
    "monitoring.googleapis.com",
    "workflows.googleapis.com",
  ])
  service            = each.value
  disable_on_destroy = false
}

resource "google_storage_bucket" "templates" {
  name                        = var.template_bucket
  location                    = var.region
  labels                      = var.labels
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"

  dynamic "encryption" {
    for_each = var.kms_key == null ? [] : [var.kms_key]
    content {
      default_kms_key_name = encryption.value
    }
  }

  # Temporary files of jobs that were killed hold users, so they are deleted after a week.
  lifecycle_rule {
    condition {
      age            = 7
      matches_prefix = ["tmp/"]
    }
    action {
      type = "Delete"
    }
  }
}

resource "google_service_account" "worker" {
  account_id   = "beam-personas-worker"
  display_name = "Workers of Beam Personas"
}

resource "google_service_account" "scheduler" {
  account_id   = "beam-personas-scheduler"
  display_name = "Launches the jobs of Beam Personas"
}

resource "google_project_iam_member" "worker" {
  project = var.project
  role    = "roles/dataflow.worker"
  member  = google_service_account.worker.member
}

resource "google_storage_bucket_iam_member" "worker" {
  for_each = {
    templates = { bucket = google_storage_bucket.templates.name, role = "roles/storage.objectAdmin" }
    input     = { bucket = var.input_bucket, role = "roles/storage.objectViewer" }
    output    = { bucket = var.output_bucket, role = "roles/storage.objectAdmin" }
  }
  bucket = each.value.bucket
  role   = each.value.role
  member = google_service_account.worker.member
}

resource "google_artifact_registry_repository_iam_member" "worker" {
  location   = var.region
  repository = var.repository
  role       = "roles/artifactregistry.reader"
  member     = google_service_account.worker.member
}

resource "google_project_iam_member" "scheduler" {
  project = var.project
  role    = "roles/dataflow.developer"
  member  = google_service_account.scheduler.member
}

# The account that launches a job must be allowed to act as the account of the workers.
resource "google_service_account_iam_member" "scheduler" {
  service_account_id = google_service_account.worker.name
  role               = "roles/iam.serviceAccountUser"
  member             = google_service_account.scheduler.member
}

resource "google_storage_bucket_iam_member" "scheduler" {
  bucket = google_storage_bucket.templates.name
  role   = "roles/storage.objectViewer"
  member = google_service_account.scheduler.member
}

# The fixed job name is a lock: while a run is active, Dataflow refuses the next run.
resource "google_cloud_scheduler_job" "weekly" {
  name      = "beam-personas-weekly"
  region    = var.region
  schedule  = var.schedule
  time_zone = var.time_zone

  retry_config {
    retry_count = 1
  }

  http_target {
    http_method = "POST"
    uri         = "https://dataflow.googleapis.com/v1b3/projects/${var.project}/locations/${var.region}/flexTemplates:launch"
    headers     = { "Content-Type" = "application/json" }
    body = base64encode(jsonencode({
      launchParameter = {
        jobName              = "beam-personas"
        containerSpecGcsPath = "gs://${google_storage_bucket.templates.name}/templates/beam-personas.json"
        parameters           = local.parameters
        environment          = local.environment
      }
    }))

    oauth_token {
      service_account_email = google_service_account.scheduler.email
    }
  }

  depends_on = [google_project_service.apis]
}

resource "google_dataflow_flex_template_job" "stream" {
  count                   = var.stream == null ? 0 : 1
  provider                = google-beta
  name                    = "beam-personas-stream"
  region                  = var.region
  container_spec_gcs_path = "gs://${google_storage_bucket.templates.name}/templates/beam-personas-stream.json"
  on_delete               = "drain"
  temp_location           = local.temp
  service_account_email   = google_service_account.worker.email
  subnetwork              = var.subnetwork
  ip_configuration        = "WORKER_IP_PRIVATE"
  kms_key_name            = var.kms_key
  machine_type            = var.machine_type
  max_workers             = var.max_workers
  labels                  = var.labels

  parameters = {
    model       = "${local.results}/model.json"
    input       = "projects/${var.project}/subscriptions/${var.stream.subscription}"
    output      = "projects/${var.project}/topics/${var.stream.output}"
    deadLetters = "projects/${var.project}/topics/${var.stream.dead_letters}"
  }
}

resource "google_pubsub_subscription_iam_member" "worker" {
  count        = var.stream == null ? 0 : 1
  subscription = var.stream.subscription
  role         = "roles/pubsub.subscriber"
  member       = google_service_account.worker.member
}

# Dataflow reads the age of the backlog, which the role of a subscriber does not allow.
resource "google_pubsub_subscription_iam_member" "viewer" {
  count        = var.stream == null ? 0 : 1
  subscription = var.stream.subscription
  role         = "roles/pubsub.viewer"
  member       = google_service_account.worker.member
}

resource "google_pubsub_topic_iam_member" "worker" {
  for_each = var.stream == null ? toset([]) : toset([var.stream.output, var.stream.dead_letters])
  topic    = each.value
  role     = "roles/pubsub.publisher"
  member   = google_service_account.worker.member
}
