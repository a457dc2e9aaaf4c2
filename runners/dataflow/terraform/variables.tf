# This file has not run on a real cloud. Tests check its format and its names, but no provider has read it.

variable "project" {
  description = "The id of the project that runs the jobs."
  type        = string
}

variable "region" {
  description = "The region of the jobs, for example europe-west1."
  type        = string
}

variable "template_bucket" {
  description = "The name of the bucket that this module creates for the templates, the specs and temporary files."
  type        = string
}

variable "input_bucket" {
  description = "The name of the existing bucket with the users. The workers may only read it."
  type        = string
}

variable "output_bucket" {
  description = "The name of the existing bucket that gets the results."
  type        = string
}

variable "repository" {
  description = "The Artifact Registry repository of the image, in the same project and region."
  type        = string
}

variable "input" {
  description = "The users, a path or a glob in the input bucket, for example users/*.csv."
  type        = string
}

variable "output" {
  description = "The folder of the results in the output bucket."
  type        = string
  default     = "personas"
}

variable "spec" {
  description = "The path of the segmentation spec in the template bucket."
  type        = string
  default     = "pipelines/image-platform-users.yaml"
}

variable "continue_from_previous_model" {
  description = "Set this to true after the first run, so that clusters keep their ids and names."
  type        = bool
  default     = false
}

variable "schedule" {
  description = "When the segmentation runs, in the format of cron."
  type        = string
  default     = "15 4 * * 1"
}

variable "time_zone" {
  description = "The time zone of the schedule."
  type        = string
  default     = "Etc/UTC"
}

variable "subnetwork" {
  description = "The subnetwork of the workers: regions/REGION/subnetworks/NAME. It needs Private Google Access, because the workers have no public addresses."
  type        = string
}

variable "kms_key" {
  description = "The Cloud KMS key of the jobs and of the template bucket. If null, Google manages the keys."
  type        = string
  default     = null
}

variable "machine_type" {
  description = "The machine type of the workers."
  type        = string
  default     = "n2-standard-4"
}

variable "max_workers" {
  description = "The maximum number of workers of a job."
  type        = number
  default     = 10
}

variable "labels" {
  description = "Labels of the jobs and of the template bucket."
  type        = map(string)
  default     = { application = "beam-personas" }
}

variable "alert_email" {
  description = "The address that gets the alerts."
  type        = string
}

variable "stream" {
  description = "Also scores a stream: the names of a subscription and of two topics in the project. If null, there is no stream."
  type        = object({ subscription = string, output = string, dead_letters = string })
  default     = null
}
