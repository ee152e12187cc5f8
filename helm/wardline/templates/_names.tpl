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

{{/* "yes" for the service that takes HL7 v2 in, where that is on. */}}
{{- define "wardline.mllp" -}}
{{- if and .root.Values.mllp.enabled (eq .service.name "consumption-ingest") -}}yes{{- end -}}
{{- end -}}

{{/* The settings of a service as YAML: those of all, then its own, then the ports it must listen on. */}}
{{- define "wardline.settings" -}}
{{- $own := dict "PORT" (.root.Values.port | toString) -}}
{{- if include "wardline.mllp" . -}}
{{- $mllp := .root.Values.mllp -}}
{{- $_ := set $own "HL7_MLLP_PORT" ($mllp.port | toString) -}}
{{- $_ := set $own "HL7_MLLP_HOST" "0.0.0.0" -}}
{{- $_ := set $own "HL7_PROFILES" "/etc/wardline/hl7-profiles" -}}
{{- if $mllp.tlsSecret -}}
{{- $_ := set $own "HL7_TLS_KEY_FILE" "/etc/wardline/hl7-tls/tls.key" -}}
{{- $_ := set $own "HL7_TLS_CERT_FILE" "/etc/wardline/hl7-tls/tls.crt" -}}
{{- if $mllp.clientCertificates -}}
{{- $_ := set $own "HL7_TLS_CA_FILE" "/etc/wardline/hl7-tls/ca.crt" -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- toYaml (merge $own (.service.settings | default dict) .root.Values.settings) -}}
{{- end -}}
