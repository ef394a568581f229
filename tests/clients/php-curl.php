<?php
function ask($method, $headers = [], $body = null)
{
	global $argv;
	$tag = '';
	$curl = curl_init($argv[1]);
	curl_setopt_array($curl, [
		CURLOPT_CUSTOMREQUEST => $method,
		CURLOPT_HTTPHEADER => $headers,
		CURLOPT_RETURNTRANSFER => true,
		CURLOPT_HEADERFUNCTION => function ($curl, $line) use (&$tag) {
			if (stripos($line, 'ETag:') === 0)
				$tag = trim(substr($line, 5));
			return strlen($line);
		},
	]);
	if ($body !== null)
		curl_setopt($curl, CURLOPT_POSTFIELDS, $body);
	curl_exec($curl);
	return [curl_getinfo($curl, CURLINFO_RESPONSE_CODE), $tag];
}

$first = ask('GET');
$again = ask('GET', ["If-None-Match: $first[1]"]);
$headers = ["If-Match: $first[1]", 'Content-Type: application/merge-patch+json'];
$saved = ask('PATCH', $headers, '{"body":"php"}');
$stale = ask('PATCH', $headers, '{"body":"lost"}');
echo "$first[0] $again[0] $saved[0] $stale[0]";
