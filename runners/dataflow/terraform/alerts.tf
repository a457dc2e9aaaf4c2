# This file has not run on a real cloud. Tests check its format and its names, but no provider has read it.
#
# One alert if a job fails, and one alert if model.json is older than eight days. Cloud Monitoring has no
# metric for the age of an object and cannot look back eight days, so a workflow checks the age each day.

resource "google_monitoring_notification_channel" "email" {
  display_name = "Beam Personas"
  type         = "email"
  labels       = { email_address = var.alert_email }
}

resource "google_monitoring_alert_policy" "job_failed" {
  display_name          = "Beam Personas: a job has failed"
  combiner              = "OR"
  notification_channels = [google_monitoring_notification_channel.email.id]

  conditions {
    display_name = "A Dataflow job named beam-personas… has failed"
    condition_threshold {
      filter          = "resource.type = \"dataflow_job\" AND resource.labels.job_name = starts_with(\"beam-personas\") AND metric.type = \"dataflow.googleapis.com/job/is_failed\""
      comparison      = "COMPARISON_GT"
      threshold_value = 0
      duration        = "0s"
      aggregations {
        alignment_period   = "300s"
        per_series_aligner = "ALIGN_MAX"
      }
    }
  }

  documentation {
    content   = "Look at the log of the job. If the data was refused, the log names the file, the column and the reason. Earlier results are unchanged."
    mime_type = "text/markdown"
  }
}

resource "google_service_account" "monitor" {
  account_id   = "beam-personas-monitor"
  display_name = "Checks the age of the model of Beam Personas"
}

resource "google_storage_bucket_iam_member" "monitor" {
  bucket = var.output_bucket
  role   = "roles/storage.objectViewer"
  member = google_service_account.monitor.member
}

resource "google_workflows_workflow" "model_age" {
  name                = "beam-personas-model-age"
  region              = var.region
  service_account     = google_service_account.monitor.id
  source_contents     = file("${path.module}/../workflow-model-age.yaml")
  deletion_protection = false
  user_env_vars = {
    BUCKET = var.output_bucket
    OBJECT = "${var.output}/model.json"
  }

  depends_on = [google_project_service.apis]
}

resource "google_project_iam_member" "monitor" {
  project = var.project
  role    = "roles/workflows.invoker"
  member  = google_service_account.monitor.member
}

resource "google_cloud_scheduler_job" "model_age" {
  name      = "beam-personas-model-age"
  region    = var.region
  schedule  = "0 8 * * *"
  time_zone = var.time_zone

  http_target {
    http_method = "POST"
    uri         = "https://workflowexecutions.googleapis.com/v1/${google_workflows_workflow.model_age.id}/executions"
    oauth_token {
      service_account_email = google_service_account.monitor.email
    }
  }
}

resource "google_monitoring_alert_policy" "model_age" {
  display_name          = "Beam Personas: model.json is missing or older than eight days"
  combiner              = "OR"
  notification_channels = [google_monitoring_notification_channel.email.id]

  conditions {
    display_name = "The daily check of the model has failed"
    condition_threshold {
      filter          = "resource.type = \"workflows.googleapis.com/Workflow\" AND resource.labels.workflow_id = \"${google_workflows_workflow.model_age.name}\" AND metric.type = \"workflows.googleapis.com/finished_execution_count\" AND metric.labels.status = \"FAILED\""
      comparison      = "COMPARISON_GT"
      threshold_value = 0
      duration        = "0s"
      aggregations {
        alignment_period   = "3600s"
        per_series_aligner = "ALIGN_DELTA"
      }
    }
  }

  documentation {
    content   = "Look at the runs of the workflow ${google_workflows_workflow.model_age.name} and at the last jobs of the weekly segmentation."
    mime_type = "text/markdown"
  }
}
