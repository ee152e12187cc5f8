{{/* Name of a service's objects: <release>-<service>. */}}
{{- define "wardline.name" -}}
{{- printf "%s-%s" .root.Release.Name .service.name | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{/* Labels that select a service's pods; they never change. */}}
{{- define "wardline.selector" -}}
app.kubernetes.io/name: {{ .service.name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
{{- end -}}

{{/* All labels of a service's objects. */}}
{{- define "wardline.labels" -}}
{{ include "wardline.selector" . }}
app.kubernetes.io/part-of: wardline
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version }}
{{- end -}}

{{- define "wardline.serviceAccount" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (printf "%s-wardline" .Release.Name) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{/* The secret with a service's DATABASE_URL and passwords. */}}
{{- define "wardline.secret" -}}
{{- default (printf "%s-%s" .root.Values.existingSecretPrefix .service.name) .service.existingSecret -}}
{{- end -}}

{{/* The settings of a service as YAML: those of all, then its own, then the port it must listen on. */}}
{{- define "wardline.settings" -}}
{{- $own := dict "PORT" (.root.Values.port | toString) -}}
{{- toYaml (merge $own (.service.settings | default dict) .root.Values.settings) -}}
{{- end -}}
