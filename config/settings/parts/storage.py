"""Where pictures and files lie: the local folder, or a private S3 bucket (any S3-compatible server)."""

from .env import env
from .web import STORAGES

# Empty: the folder MEDIA_ROOT. The keys come from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY or the machine's role.
AWS_STORAGE_BUCKET_NAME = env.str("AWS_STORAGE_BUCKET_NAME", "")
AWS_S3_REGION_NAME = env.str("AWS_S3_REGION_NAME", "") or None
AWS_S3_ENDPOINT_URL = env.str("AWS_S3_ENDPOINT_URL", "") or None
AWS_LOCATION = env.str("AWS_LOCATION", "")
AWS_DEFAULT_ACL = None  # the bucket's own rules; nothing is public, URLs are signed
AWS_S3_FILE_OVERWRITE = True  # names are content hashes

if AWS_STORAGE_BUCKET_NAME:
    STORAGES["default"] = {"BACKEND": "storages.backends.s3.S3Storage"}
