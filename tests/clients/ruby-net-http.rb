require "net/http"

uri = URI(ARGV[0])
Net::HTTP.start(uri.host, uri.port, nil) do |http|
  path = uri.request_uri
  first = http.get(path)
  again = http.get(path, "If-None-Match" => first["ETag"])
  headers = { "If-Match" => first["ETag"],
              "Content-Type" => "application/merge-patch+json" }
  saved = http.patch(path, '{"body":"ruby"}', headers)
  stale = http.patch(path, '{"body":"lost"}', headers)
  puts [first, again, saved, stale].map(&:code).join(" ")
end
