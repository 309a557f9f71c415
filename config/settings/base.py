"""What every environment shares."""

from .parts.api import *
from .parts.applications import *
from .parts.auth import *
from .parts.cache import *
from .parts.database import *
from .parts.discovery import *
from .parts.env import *
from .parts.intelligence import *
from .parts.logging import *
from .parts.mail import *
from .parts.monitoring import *
from .parts.queue import *
from .parts.security import *
from .parts.sources import *
from .parts.teams import *
from .parts.web import *
